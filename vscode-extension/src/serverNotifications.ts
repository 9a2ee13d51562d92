/** What the server says without being asked. */
import type { EventEmitter, LogOutputChannel } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { DocumentEvents } from "./documentEvents";
import type * as P from "./generated/protocol";
import * as requests from "./generated/requests";
import type { NetworkEvents } from "./network/events";
import type { PanelEvents } from "./panels/panelEvents";

/** Who is told: of documents, of plugins that came, went or changed, of the network, of panels, and of what plugins write. */
export interface Told {
  readonly events: DocumentEvents;
  readonly plugins: EventEmitter<P.DidChangePlugins>;
  readonly network: NetworkEvents;
  readonly panels: PanelEvents;
  readonly themes: EventEmitter<void>;
  readonly pluginLog: LogOutputChannel;
}

export function forwardNotifications(client: LanguageClient, { events, plugins, network, panels, themes, pluginLog }: Told): void {
  client.onNotification(requests.documentDidProgress.method, (event: P.DidProgress) =>
    events.tell(event.documentId, (listener) => listener.progress(event)),
  );
  client.onNotification(requests.documentDidFind.method, (event: P.DidFind) =>
    events.tell(event.documentId, (listener) => listener.found(event)),
  );
  client.onNotification(requests.documentDidSearch.method, (event: P.DidSearch) =>
    events.tell(event.documentId, (listener) => listener.searched(event)),
  );
  client.onNotification(requests.documentDidChange.method, (event: P.DidChange) =>
    events.tell(event.documentId, (listener) => listener.changed(event)),
  );
  client.onNotification(requests.documentDidFail.method, (event: P.DidFail) =>
    events.tell(event.documentId, (listener) => listener.failed(event)),
  );
  client.onNotification(requests.pluginDidChange.method, (event: P.DidChangePlugins) => plugins.fire(event));
  client.onNotification(requests.networkDidChangeGrants.method, (event: P.DidChangeNetworkGrants) => network.grantsChanged(event));
  client.onNotification(requests.networkDidActivity.method, (event: P.DidNetworkActivity) => network.activity(event));
  client.onNotification(requests.panelDidRender.method, ({ panelId, view }: P.DidRenderPanel) =>
    panels.tell(panelId, (listener) => listener.rendered(view)),
  );
  client.onNotification(requests.panelDidFail.method, (event: P.DidFailPanel) =>
    panels.tell(event.panelId, (listener) => listener.failed(event)),
  );
  client.onNotification(requests.panelDidWork.method, (event: P.DidWorkPanel) =>
    panels.tell(event.panelId, (listener) => listener.worked(event)),
  );
  client.onNotification(requests.panelDidClose.method, (event: P.DidClosePanel) =>
    panels.tell(event.panelId, (listener) => listener.closed(event)),
  );
  client.onNotification(requests.signalDidChange.method, (event: P.DidSignal) => panels.signalled(event));
  client.onNotification(requests.datasetDidChange.method, () => panels.datasetsChanged());
  client.onNotification(requests.themeDidChange.method, () => themes.fire());
  client.onNotification(requests.pluginDidLog.method, ({ pluginId, level, text }: P.DidLog) => {
    const write = { info: "info", warning: "warn", error: "error" } as const;
    pluginLog[write[level]](`[${pluginId}] ${text}`);
  });
}
