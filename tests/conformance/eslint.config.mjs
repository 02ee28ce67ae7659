// What makes a schema good, by the rules of graphql-eslint: all of its schema rules and all of its Relay rules. Whoever
// switches one off, or lets something pass, says why.
import { basename } from 'node:path';
import graphql from '@graphql-eslint/eslint-plugin';
import { schemas } from './schema.mjs';

const rules = {
  // Off.

  // `ClientSecret.clientSecret` is what the channels' own forms call it.
  '@graphql-eslint/no-typename-prefix': 'off',
  // The printer sorts by code point, so that the file is the same in every culture; a test compares it to the letter.
  '@graphql-eslint/alphabetize': 'off',
  // A shop has mutations and subscriptions.
  '@graphql-eslint/no-root-type': 'off',
  // `@deprecated` of the specification has no argument for it: the date ends the reason. schema.test.mjs reads it there.
  '@graphql-eslint/require-deprecation-date': 'off',
  // A payload holds what was changed. Whoever wants more asks a second root field, and Relay refetches by `node`.
  '@graphql-eslint/require-field-of-type-query-in-mutation-result': 'off',
  // A payload always comes, with its problems where nothing was done; a list that is empty is a list.
  '@graphql-eslint/require-nullable-result-in-root': 'off',

  // On, our way.

  // The printer writes a description on one line, in quotes.
  '@graphql-eslint/description-style': ['error', { style: 'inline' }],
  // Everything says what it is for, not only types and root fields.
  '@graphql-eslint/require-description': [
    'error',
    {
      types: true,
      rootField: true,
      DirectiveDefinition: true,
      FieldDefinition: true,
      InputValueDefinition: true,
      EnumValueDefinition: true,
    },
  ],
  // What has no identity: a made-up id would fill the caches of clients with what cannot be fetched again.
  '@graphql-eslint/strict-id-in-types': [
    'error',
    {
      exceptions: {
        suffixes: ['Payload', 'Connection', 'Edge', 'Rule'],
        types: [
          // values
          'Address',
          'AuditChange',
          'Availability',
          'CartCost',
          'Destination',
          'Feed',
          'ListPrice',
          'SearchedText',
          'SearchState',
          'ShippingNeeded',
          'ShippingRate',
          'ShippingUnavailable',
          'TaxUnavailable',
          'TracedPrice',
          'DiscountAllocation',
          'TaxExemption',
          'TaxLine',
          'TaxZoneRate',
          'TaxedMoney',
          'Facet',
          'FacetValue',
          'FormField',
          'ImportCounts',
          'ImportError',
          'ImportRowCounts',
          'Media',
          'Money',
          'OrderTotals',
          'PageInfo',
          'PaymentNotice',
          'PaymentOption',
          'PriceRange',
          'ProductOption',
          'PromotionCode',
          'PromotionOutcome',
          'QuotePreviewLine',
          'SelectedOption',
          'Shipment',
          'SearchSuggestion',
          'SkuGroup',
          'SkuSummary',
          'Stock',
          // what a client does next, so that a customer can pay
          'ClientSecret',
          'InvokeApp',
          'RedirectTo',
          'ShowQrCode',
          // happenings: a place in a timeline tells one from the next
          'OrderEvent',
          'OrderStatusChange',
          // how the shop runs: what is so now, of what has a name instead of an id
          'AdmissionBreaker',
          'AdmissionClass',
          'AdmissionRules',
          'AdmissionSystem',
          'CacheUse',
          'ChannelHealth',
          'HeapGeneration',
          'Job',
          'JobRun',
          'JobSchedule',
          'MessageReceiver',
          'MessageTable',
          'Operations',
          'ProcessState',
          'Replica',
          // problems
          'AmountOutOfRange',
          'ChannelRefused',
          'ChannelUnavailable',
          'CodeRefused',
          'CurrencyNotSupported',
          'EmailTaken',
          'IdempotencyConflict',
          'InsufficientStock',
          'InvalidCredentials',
          'InvalidInput',
          'NotAllowedNow',
          'NotFound',
          'NothingSelected',
          'PaymentOpen',
          'PriceChanged',
          'PromotionUsedUp',
          'SessionEnded',
          'StockChanged',
          'Throttled',
          'TooMuchRefunded',
          'TotalChanged',
          'VersionConflict',
        ],
      },
    },
  ],
  // Lists that only page forwards say so by their arguments; the specification allows it.
  '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
  // Lists with a small maximum are plain lists, and `nodes` stands beside `edges`. What happened to an order is found
  // through the order: the items of its timeline are no nodes.
  '@graphql-eslint/relay-edge-types': [
    'error',
    { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
  ],
};

export default schemas.map(({ file }) => ({
  files: [`**/schema/${basename(file)}`],
  languageOptions: {
    parser: graphql.parser,
    parserOptions: { graphQLConfig: { schema: file } },
  },
  plugins: { '@graphql-eslint': graphql },
  rules: {
    ...graphql.configs['flat/schema-all'].rules,
    ...graphql.configs['flat/schema-relay'].rules,
    ...rules,
  },
}));
