// The schema as files: the one that is served, the last release's, and the operations of a storefront.
import { fileURLToPath } from 'node:url';

export const at = (path) => fileURLToPath(new URL(`../../schema/${path}`, import.meta.url));

export const schemaFile = at('shop.graphql');
export const releasedFile = at('released/shop.graphql');
export const operationsFolder = at('operations');
