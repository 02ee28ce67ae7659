// What a change of the schema would break for those who use the last release.
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

const removals = new Set(['FIELD_REMOVED', 'FIELD_ARGUMENT_REMOVED', 'ENUM_VALUE_REMOVED', 'INPUT_FIELD_REMOVED']);

/** The breaking changes from one SDL to another, in words. What was deprecated may go on the day its reason names. */
export async function breakingChanges(before, after, today = new Date().toISOString().slice(0, 10)) {
  const old = buildSchema(before);
  return (await diff(old, buildSchema(after)))
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .filter((change) => !(removals.has(change.type) && lastDay(old, change.path) <= today))
    .map(({ message }) => message);
}

// Later than every day where none was named.
function lastDay(schema, path) {
  const [typeName, name, argument] = path.split('.');
  const type = schema.getType(typeName);
  const whole = type.getFields?.()[name] ?? type.getValue(name);
  const part = argument ? whole.args.find((each) => each.name === argument) : whole;
  return /Will be removed on (\d{4}-\d{2}-\d{2})\.$/.exec(part.deprecationReason)?.[1] ?? '9999';
}
