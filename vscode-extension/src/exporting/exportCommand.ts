/** Exports what an editor shows, as a person sees it: format, options, place, progress, and what came of it. */
import { basename } from "node:path";
import * as vscode from "vscode";
import type { ServerApi } from "../serverApi";
import type { DataGrid } from "../dataEditor/dataGrid";
import { Failure, toFailure } from "../errors";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";
import { unlinked } from "../plugins/untrusted";
import type { ExportPart, FromWebview } from "../shared/messages";
import { type ChosenExporter, pickExporter, sayUnusable } from "./exporterPicker";
import { askOptions } from "./optionSteps";
import { ExportMemory, initialValues, type OptionValues } from "./options";
import { sayExported } from "./outcome";
import { askTarget, exists } from "./target";

/** What to export of the document that is open. */
export type ExportRequest = FromWebview["exportRecords"][0];

/** An exporter with everything chosen. */
interface Chosen {
  readonly exporter: P.ExporterInfo;
  readonly values: OptionValues;
}

export class Exporting {
  readonly #server: ServerApi;
  readonly #memory: ExportMemory;

  constructor(server: ServerApi, store: vscode.Memento) {
    this.#server = server;
    this.#memory = new ExportMemory(store);
  }

  /** Exports all records; with `again`, as was done last. */
  async all(editor: DataGrid, again = false): Promise<void> {
    const generation = editor.session.status?.document.generation;
    if (generation === undefined) {
      throw new Failure("notOpen", vscode.l10n.t("The file is not open."));
    }
    await this.run(editor, { generation, part: "all", scope: {} }, again);
  }

  /** Asks for what has to be known and exports; rejects with a Failure. */
  async run(editor: DataGrid, request: ExportRequest, again = false): Promise<void> {
    const title = titleOf(editor.session.fileName, request.part);
    const chosen = again ? await this.#lastUsed() : await this.#choose(title);
    if (chosen === undefined) {
      return;
    }
    for (;;) {
      const target = await askTarget(editor.uri, chosen.exporter, request.part, title);
      if (target === undefined) {
        return;
      }
      await this.#memory.keep(chosen.exporter.pluginId, chosen.values);
      const result = await this.#write(editor, request, chosen, target);
      if (result !== "elsewhere") {
        if (result !== undefined) {
          sayExported(result, target);
        }
        return;
      }
    }
  }

  async #exporters(): Promise<readonly P.ExporterInfo[]> {
    return (await this.#server.request(requests.exporterList, { pluginId: null })).exporters;
  }

  /** All there is to know of an exporter, once the person has decided what it may do; undefined where it cannot be used. */
  async #decided(exporter: P.ExporterInfo): Promise<P.ExporterInfo | undefined> {
    if (!exporter.undecided) {
      return exporter;
    }
    const { exporters } = await this.#server.request(requests.exporterList, { pluginId: exporter.pluginId });
    const [known] = exporters;
    if (known !== undefined && known.problem !== null) {
      sayUnusable(known.name, known.problem);
      return undefined;
    }
    return known;
  }

  async #choose(title: string): Promise<Chosen | undefined> {
    for (;;) {
      const picked = await pickExporter(title, this.#exporters(), this.#memory);
      if (picked === undefined) {
        return undefined;
      }
      const chosen = await this.#withOptions(title, picked);
      if (chosen !== "back") {
        return chosen;
      }
    }
  }

  async #withOptions(title: string, { exporter: picked, withLast }: ChosenExporter): Promise<Chosen | "back" | undefined> {
    const exporter = await this.#decided(picked);
    if (exporter === undefined) {
      return undefined;
    }
    const values = initialValues(exporter.options, this.#memory.valuesOf(exporter.pluginId));
    if (withLast || exporter.options.length === 0) {
      return { exporter, values };
    }
    const answer = await askOptions(`${title} — ${exporter.name}`, exporter.options, values);
    return answer === undefined || answer === "back" ? answer : { exporter, values: answer.values };
  }

  /** What was exported with last; asked for where nothing was, or where it cannot be used any more. */
  async #lastUsed(): Promise<Chosen | undefined> {
    const exporters = await this.#exporters();
    const last = exporters.find(({ pluginId, problem }) => pluginId === this.#memory.last && problem === null);
    const exporter = last && (await this.#decided(last));
    return exporter === undefined
      ? this.#choose(vscode.l10n.t("Export"))
      : { exporter, values: initialValues(exporter.options, this.#memory.valuesOf(exporter.pluginId)) };
  }

  /** What was written, or undefined where nothing was and the person knows; "elsewhere" when another place is wanted. */
  async #write(
    editor: DataGrid,
    { generation, scope }: ExportRequest,
    { exporter, values }: Chosen,
    target: vscode.Uri,
  ): Promise<P.ExportResult | "elsewhere" | undefined> {
    // The dialog has asked whether a file that was there may be replaced.
    let overwrite = await exists(target);
    for (;;) {
      try {
        const params = { generation, pluginId: exporter.pluginId, options: values, scope, target: target.toString(), overwrite };
        return await this.#withProgress(editor, params, target);
      } catch (error) {
        const failure = toFailure(error);
        if (failure.kind === "cancelled") {
          return undefined;
        }
        if (failure.kind === "fileExists" && !overwrite) {
          if (!(await mayReplace(target))) {
            return undefined;
          }
          overwrite = true;
        } else {
          return (await wantsElsewhere(failure)) ? "elsewhere" : undefined;
        }
      }
    }
  }

  async #withProgress(
    editor: DataGrid,
    params: Omit<P.ExportParams, "documentId" | "workDoneToken">,
    target: vscode.Uri,
  ): Promise<P.ExportResult> {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: unlinked(vscode.l10n.t("Exporting to {0}", basename(target.path))),
      cancellable: true,
    };
    return vscode.window.withProgress(options, async (progress, token) => {
      const workDoneToken = `thoth-export-${crypto.randomUUID()}`;
      let reported = 0;
      const work = this.#server.onWork(workDoneToken, (percent, message) => {
        const increment = percent === null ? 0 : Math.max(0, percent - reported);
        reported += increment;
        progress.report({ message: unlinked(message), ...(increment > 0 && { increment }) });
      });
      try {
        return await editor.session.ask.exportRecords({ ...params, workDoneToken }, token);
      } catch (error) {
        // However an export that was cancelled ends: it was the person who wanted it to.
        throw token.isCancellationRequested ? new Failure("cancelled", vscode.l10n.t("Cancelled.")) : error;
      } finally {
        work.dispose();
      }
    });
  }
}

function titleOf(fileName: string, part: ExportPart): string {
  const { t } = vscode.l10n;
  switch (part) {
    case "all":
      return t("Export {0}", fileName);
    case "selection":
      return t("Export Selection of {0}", fileName);
    case "search":
      return t("Export Search Result of {0}", fileName);
  }
}

async function mayReplace(target: vscode.Uri): Promise<boolean> {
  const replace = vscode.l10n.t("Replace");
  const text = vscode.l10n.t("{0} exists already. Replace it?", basename(target.path));
  return (await vscode.window.showWarningMessage(text, { modal: true }, replace)) === replace;
}

async function wantsElsewhere({ kind, message }: Failure): Promise<boolean> {
  const { t } = vscode.l10n;
  const text = unlinked(t("Nothing was exported: {0}", message));
  if (kind !== "fileUnwritable") {
    void vscode.window.showErrorMessage(text);
    return false;
  }
  const elsewhere = t("Choose Another Place…");
  return (await vscode.window.showErrorMessage(text, elsewhere)) === elsewhere;
}
