/** What is asked of the server about the document that is open: only the present generation is, and only it is answered for. */
import * as vscode from "vscode";
import type { RequestType } from "vscode-languageclient/node";
import type { ServerApi } from "../serverApi";
import { Failure } from "../errors";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";
import type { Asked, FromWebview } from "../shared/messages";
import { Searches } from "./searches";

type Token = vscode.CancellationToken;

/** What every request about a document names. */
interface DocumentRef {
  documentId: string;
  generation: number;
}

export class DocumentRequests {
  readonly searches = new Searches();
  readonly #server: ServerApi;
  readonly #open: () => P.OpenDocumentResult;

  /** `open` gives the document that is open now and throws a Failure where there is none. */
  constructor(server: ServerApi, open: () => P.OpenDocumentResult) {
    this.#server = server;
    this.#open = open;
  }

  page(params: FromWebview["page"][0], token?: Token): Promise<P.Page> {
    return this.#ask(requests.documentPage, params, token);
  }

  pick(params: FromWebview["pick"][0], token?: Token): Promise<P.PickResult> {
    return this.#ask(requests.documentPick, params, token);
  }

  cell(params: FromWebview["cell"][0], token?: Token): Promise<P.CellText> {
    return this.#ask(requests.documentCell, params, token);
  }

  problems(params: FromWebview["problems"][0]): Promise<P.ProblemsResult> {
    return this.#ask(requests.documentProblems, params);
  }

  children(params: FromWebview["children"][0]): Promise<P.ChildrenResult> {
    return this.#ask(requests.documentChildren, params);
  }

  value(params: FromWebview["value"][0]): Promise<P.ValueResult> {
    return this.#ask(requests.documentValue, params);
  }

  valueText(params: FromWebview["valueText"][0], token?: Token): Promise<P.CellText> {
    return this.#ask(requests.documentValueText, params, token);
  }

  locate(params: FromWebview["locate"][0]): Promise<P.LocateResult> {
    return this.#ask(requests.documentLocate, params);
  }

  render(params: FromWebview["render"][0]): Promise<P.RenderResult> {
    return this.#ask(requests.documentRender, params);
  }

  fileText(params: FromWebview["fileText"][0]): Promise<P.FileText> {
    return this.#ask(requests.documentFileText, params);
  }

  renderTable(params: FromWebview["renderTable"][0]): Promise<P.RenderTableResult> {
    return this.#ask(requests.documentRenderTable, params);
  }

  find(params: FromWebview["find"][0]): Promise<P.FindResult> {
    return this.#search(requests.documentFind, params);
  }

  search(params: FromWebview["search"][0]): Promise<P.SearchResult> {
    return this.#search(requests.documentSearch, params);
  }

  /** Writes records into a file; whatever happens to the document afterwards, the answer is of use. */
  exportRecords(params: Omit<P.ExportParams, "documentId">, token?: Token): Promise<P.ExportResult> {
    const { documentId } = this.#current(params.generation);
    return this.#server.request(requests.documentExport, { ...params, documentId }, token);
  }

  /** Ends a search of either kind; nothing happens when there is none of that id. */
  cancelSearch(searchId: string): void {
    this.searches.cancel(searchId);
  }

  #search<A extends DocumentRef & { searchId: string }, R>(
    type: RequestType<A, R, P.ErrorData>,
    params: Asked<A>,
  ): Promise<R> {
    return this.searches.run(params.searchId, async (searchId, token) => {
      try {
        return await this.#ask(type, { ...params, searchId }, token);
      } catch (error) {
        throw token.isCancellationRequested ? new Failure("cancelled", vscode.l10n.t("Cancelled.")) : error;
      }
    });
  }

  /** Sends a request about the present generation; what belongs to an older one is refused, never shown. */
  async #ask<A extends DocumentRef, R>(
    type: RequestType<A, R, P.ErrorData>,
    params: Asked<A>,
    token?: Token,
  ): Promise<R> {
    const document = this.#current(params.generation);
    const answer = await this.#server.request(type, { ...params, documentId: document.documentId } as A, token);
    this.#current(params.generation, document.documentId);
    return answer;
  }

  #current(generation: number, documentId?: string): P.OpenDocumentResult {
    const document = this.#open();
    if (document.generation !== generation || (documentId !== undefined && document.documentId !== documentId)) {
      throw new Failure("unknownDocument", vscode.l10n.t("The file has been read again since."));
    }
    return document;
  }
}
