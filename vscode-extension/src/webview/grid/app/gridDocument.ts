/** The open document as the grid sees it: columns, how many rows, and whether they are still those of the file. */
import type * as P from "../../../generated/protocol";

/** `outdated`: the file has changed since. `gone`: there is no file any more. */
export type Freshness = "current" | "outdated" | "gone";

export class GridDocument {
  readonly info: P.OpenDocumentResult;
  readonly fileName: string;
  freshness: Freshness = "current";
  progress: P.Progress;
  /** They can grow at the end while the file is being read. */
  columns: readonly P.Column[];
  problems = 0;
  /** The server went away and has not opened the file again. */
  isServerGone = false;
  /** Reading on has failed: there will be no more rows. */
  hasFailed = false;
  /** The plugin that reads it was switched off or removed: nothing is answered until another one reads it. */
  isPluginGone = false;
  /** Rows to leave room for while the file is being read again, so that the place on the screen is kept. */
  readonly #expectedRows: number;

  constructor(fileName: string, info: P.OpenDocumentResult, expectedRows: number) {
    this.fileName = fileName;
    this.info = info;
    this.progress = info.progress;
    this.columns = info.columns;
    this.#expectedRows = expectedRows;
  }

  get generation(): number {
    return this.info.generation;
  }

  /** Whether the host answers for this generation. */
  get isServed(): boolean {
    return this.freshness === "current" && !this.isServerGone && !this.isPluginGone;
  }

  /** Rows that can be asked for. */
  get knownRows(): number {
    return this.progress.records;
  }

  get isIndexing(): boolean {
    return !this.progress.done && !this.hasFailed;
  }

  /** Rows to scroll to. */
  get rows(): number {
    return this.isIndexing ? Math.max(this.knownRows, this.#expectedRows) : this.knownRows;
  }

  /** Percent read, null when no more is being read. */
  get percent(): number | null {
    if (!this.isIndexing) {
      return null;
    }
    const { bytesDone, bytesTotal } = this.progress;
    return bytesTotal > 0 ? Math.min(99, Math.floor((100 * bytesDone) / bytesTotal)) : 0;
  }

  /** Whether the file is one value, which may hold others. */
  get isSingle(): boolean {
    return this.info.nested && this.knownRows === 1 && (!this.isIndexing || this.info.display === "tree");
  }

  /** Nothing in the file at all, or nothing that a compressed one holds. */
  get isEmptyFile(): boolean {
    return !this.isIndexing && this.knownRows === 0 && (this.info.sizeBytes === 0 || this.progress.bytesTotal === 0);
  }

  /** Column names and nothing below them, or something that is no row, of which a note says what it is. */
  get hasNoRows(): boolean {
    return !this.isIndexing && this.knownRows === 0 && !this.isEmptyFile;
  }
}
