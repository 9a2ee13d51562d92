/** What two messengers agree on. */

/** A map of requests: `[params, result]` by name. */
export type Messages<From> = { readonly [K in keyof From]: readonly [unknown, unknown] };
