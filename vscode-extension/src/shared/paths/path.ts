/** Paths that lead from a record to a value inside it. */

/**
 * A step down: a string names a member of an object (the first of that name), a number is the position of a child,
 * counted from 0, in an array or an object.
 */
export type PathStep = string | number;
export type Path = readonly PathStep[];

/** The ways a path is written for other programs. */
export type PathSyntax = "jsonPath" | "javascript" | "jq" | "jsonPointer";
