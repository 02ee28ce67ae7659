// The shop as a subgraph, and what composers make of it.
import { readFileSync } from 'node:fs';
import * as apollo from '@apollo/composition';
import * as guild from '@theguild/federation-composition';
import { parse } from 'graphql';
import { at } from '../schema.mjs';

export const supergraphFile = at('supergraph.graphql');
export const shopText = readFileSync(at('subgraphs/shop.graphql'), 'utf8');

/** Where `./shop run` opens it. */
export const shop = { name: 'shop', url: 'http://localhost:5000/graphql', typeDefs: parse(shopText) };

/** Each makes a supergraph of subgraphs, or complains. */
export const composers = {
  '@apollo/composition': (subgraphs) => {
    const { supergraphSdl, errors = [], hints = [] } = apollo.composeServices(subgraphs);
    return { supergraphSdl, complaints: [...errors, ...hints].map(String) };
  },
  '@theguild/federation-composition': (subgraphs) => {
    const { supergraphSdl, errors = [] } = guild.composeServices(subgraphs);
    return { supergraphSdl, complaints: errors.map(String) };
  },
};

/** The shop alone, for a gateway. By the Guild's composer: it leaves clients the directives of the specification. */
export const supergraph = () => composers['@theguild/federation-composition']([shop]).supergraphSdl;

/** What clients of a gateway see of a supergraph. */
export const clientSchema = (supergraphSdl) => guild.transformSupergraphToPublicSchema(parse(supergraphSdl));
