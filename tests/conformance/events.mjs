// What a change of an event's JSON Schema would break for those who read events by the last release.
import { isDeepStrictEqual } from 'node:util';

const words = new Set(['title', 'description', 'examples', '$comment']);

/** Places of the old schema that the new one does not keep, as JSON pointers. Whatever is new is no break: readers let it pass. */
export function brokenPlaces(before, after, at = '') {
  if (!isObject(before) || !isObject(after)) {
    return isDeepStrictEqual(before, after) ? [] : [at];
  }

  return Object.entries(before)
    .filter(([key]) => !words.has(key) || at.endsWith('/properties'))
    .flatMap(([key, value]) =>
      // Who relies on a member that is always there may go on doing so.
      key === 'required'
        ? value.filter((name) => !after.required?.includes(name)).map((name) => `${at}/required/${name}`)
        : brokenPlaces(value, after[key], `${at}/${key}`),
    );
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
