// The schemas as files: those that are served, the last release's, and the operations of a storefront.
import { fileURLToPath } from 'node:url';

export const at = (path) => fileURLToPath(new URL(`../../schema/${path}`, import.meta.url));

export const schemaFile = at('shop.graphql');

/** For shoppers and for staff: where each is served, and its files. */
export const schemas = [
  { whose: 'shoppers', path: '/graphql', file: schemaFile, releasedFile: at('released/shop.graphql') },
  { whose: 'staff', path: '/graphql/admin', file: at('admin.graphql'), releasedFile: at('released/admin.graphql') },
];

export const operationsFolder = at('operations');
