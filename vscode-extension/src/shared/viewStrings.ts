/** The sentences of drawn records and of the file's text, in English; part of the grid's (`gridStrings.ts`). */
export const VIEW_STRINGS = {
  drawnLabel: "Records of {0}",
  drawnRecord: "Record {0}",
  drawnFailed: "This record could not be drawn: {0}",
  rawLabel: "Text of {0}",
  rawPlace: "{0} % · byte {1} of {2}",
  rawByte: "Byte {0}",
  rawContinued: "The line goes on",
  rawFailed: "The text of the file could not be read: {0}",
  rawUnknownPlace: "Where record {0} stands in the file is not known.",
} as const;
