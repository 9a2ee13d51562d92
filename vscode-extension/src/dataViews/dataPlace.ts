/** Where a data view is, and what it shows: a data set or a body that the server hands out for as long as its panel runs. */
import * as vscode from "vscode";
import type { Channel } from "../dataEditor/messenger";
import type { GridPlace } from "../dataEditor/dataGrid";
import { DATA_SCHEME, openData } from "../dataEditor/dataScheme";
import { dataActions } from "../dataEditor/failureActions";
import { Failure } from "../errors";
import * as requests from "../generated/requests";
import type { ServerApi } from "../serverApi";
import type { DataRef } from "../shared/dataChannels";
import type { DataMemories } from "./memories";

/** The panel that a page with data views shows. */
export interface DataPanel {
  readonly panel: {
    readonly pluginId: string;
    /** As the server knows it; undefined while it does not run. */
    readonly panelId: string | undefined;
    /** Something about it may be another, as what it is known by. */
    readonly onDidTurn: vscode.Event<void>;
  };
  /** Brings its page to the front. */
  readonly reveal: () => void;
}

/** What places of data views need of the extension around them. */
export interface PlaceContext {
  readonly server: ServerApi;
  readonly dataMemories: DataMemories;
}

export function dataPlace(channel: Channel, ref: DataRef, { panel, reveal }: DataPanel, { server, dataMemories }: PlaceContext): GridPlace {
  const { handle, name } = ref;
  let found: { readonly uri: string; readonly name: string } | undefined;
  const locate = async (): Promise<string> => {
    const { panelId } = panel;
    if (panelId === undefined) {
      throw new Failure("notOpen", vscode.l10n.t("The panel that this data belongs to is not running."));
    }
    found = await server.request(requests.panelData, { panelId, handle, name });
    return found.uri;
  };
  return {
    channel,
    source: {
      get name(): string {
        return found?.name ?? (name || handle);
      },
      locate,
      actions: dataActions,
    },
    memory: dataMemories.of(panel.pluginId, ref.node),
    get uri(): vscode.Uri {
      return found === undefined ? vscode.Uri.from({ scheme: DATA_SCHEME, path: `/${name}` }) : vscode.Uri.parse(found.uri, true);
    },
    viewColumn: undefined,
    isActive: false,
    reveal,
    close: () => undefined,
    openInEditor: async () => {
      await openData(await locate());
    },
  };
}
