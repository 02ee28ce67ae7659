// Writes schema/supergraph.graphql: npm run supergraph
import { writeFileSync } from 'node:fs';
import { supergraph, supergraphFile } from './subgraphs.mjs';

writeFileSync(supergraphFile, supergraph());
