/** Bytes of pictures that a panel received, read from the server in pieces. */
import * as vscode from "vscode";
import { Failure } from "../errors";
import * as requests from "../generated/requests";
import type { ServerApi } from "../serverApi";

const MIB = 1024 * 1024;
const MOST = 16 * MIB;

/** The whole body, for the page to draw; rejects with a Failure where that is too large, or not there. */
export async function readPicture(
  server: Pick<ServerApi, "request">,
  panelId: string | undefined,
  handle: string,
): Promise<Uint8Array<ArrayBuffer>> {
  if (panelId === undefined) {
    throw new Failure("notOpen", vscode.l10n.t("The panel that this data belongs to is not running."));
  }
  const read = async (offset: number): Promise<readonly [Uint8Array, number]> => {
    const { base64, size } = await server.request(requests.panelBytes, { panelId, handle, offset, count: MIB });
    return [Buffer.from(base64, "base64"), size];
  };
  const [first, size] = await read(0);
  if (size > MOST) {
    const megabytes = (size / MIB).toLocaleString(vscode.env.language, { maximumFractionDigits: 1 });
    throw new Failure("tooLarge", vscode.l10n.t("This picture has {0} MiB; {1} MiB at most are drawn here.", megabytes, MOST / MIB));
  }
  const bytes = new Uint8Array(size);
  let piece = first;
  for (let offset = 0; ; ) {
    bytes.set(piece, offset);
    offset += piece.length;
    if (offset === size) {
      return bytes;
    }
    [piece] = await read(offset);
    if (piece.length === 0 || offset + piece.length > size) {
      throw new Failure("fileUnreadable", vscode.l10n.t("The picture has changed while it was read."));
    }
  }
}
