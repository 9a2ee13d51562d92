import { gridStrings, type GridStrings } from "./gridStrings";

/**
 * Every sentence of a plugin's page, in English, besides those of the nodes it may draw itself. As with the grid's, the
 * host translates the values. `{0}` is a place for a value.
 */
export const PLUGIN_STRINGS = {
  pageTabs: "About the plugin",
  pageTabDetails: "Details",
  pageTabPermissions: "Permissions",
  pageTabSettings: "Settings",
  pageTabLog: "Log",
  pageLoading: "Loading …",
  pageRetry: "Try Again",
  pageNoReadme: "The plugin has no README.",
  pageReadme: "README",
  pageBy: "by {0}",
  pageHomepage: "Homepage",
  pageDisabled: "Disabled",
  pageUnusable: "Cannot be used",
  pageEnable: "Enable",
  pageDisable: "Disable",
  pageEnableWorkspace: "Enable (Workspace)",
  pageDisableWorkspace: "Disable (Workspace)",
  pageReload: "Reload",
  pageUninstall: "Uninstall",
  pageRemoveFolder: "Remove Folder",
  pageOpenFolder: "Open Folder",
  pageActions: "What can be done with the plugin",
  pageCapabilities: "Capabilities",
  pageAbout: "About",
  pageIdentifier: "Identifier",
  pageVersion: "Version",
  pageOrigin: "Origin",
  pageLicense: "License",
  pageKeywords: "Keywords",
  pageFolder: "Folder",
  pageUsage: "Used since the server started",
  permissionsNone: "The plugin needs nothing beyond its sandbox.",
  permissionsIntro: "What the plugin may do beyond its sandbox. What is not allowed is refused when the plugin tries it.",
  permissionsBundled: "This plugin came with Thoth and was allowed what it declares.",
  permissionAllowed: "Allowed",
  permissionDenied: "Denied",
  permissionAsk: "Not decided",
  permissionSwitch: "Allow: {0}",
  permissionForget: "Forget Decision",
  permissionForgetHint: "You are asked again when the plugin needs it",
  permissionScope: "Limited to",
  permissionReason: "The author says: “{0}”",
  permissionNoReason: "The author gives no reason.",
  settingsNone: "The plugin has no settings.",
  settingsScope: "Where settings are kept",
  settingsUser: "User",
  settingsWorkspace: "Workspace",
  settingsOwn: "Page of the plugin",
  settingsOwnFailed: "The plugin's own page could not be drawn: {0}",
  settingsPageOnly: "The plugin is switched off, so only its declared settings are shown.",
  settingModified: "Modified",
  settingAlsoWorkspace: "Also modified in the workspace",
  settingAlsoUser: "Also modified for the user",
  settingReset: "Reset",
  settingResetOf: "Reset {0}",
  settingDefault: "Default: {0}",
  settingRange: "From {0} to {1}",
  settingFrom: "At least {0}",
  settingTo: "At most {0}",
  settingSecretSet: "A value is stored.",
  settingSecretNone: "No value is stored.",
  settingSecretNew: "New value",
  settingSecretSave: "Save",
  settingSecretForget: "Forget",
  settingSecretUser: "A secret is set for the user only, and is never shown.",
  settingSaved: "{0} was saved.",
  settingWasReset: "{0} was reset.",
  settingEmpty: "empty",
  logEmpty: "The plugin has written nothing.",
  logLabel: "The last lines the plugin wrote",
  logRefresh: "Refresh",
  logOutput: "Show in Output",
  logCopy: "Copy",
  logCopied: "Copied",
} as const;

export type PluginStrings = GridStrings & Readonly<Record<keyof typeof PLUGIN_STRINGS, string>>;

/** The sentences in force: English, with what `translated` has put over it. */
export function pluginStrings(translated: Readonly<Record<string, string>>): PluginStrings {
  const own = Object.fromEntries(
    Object.entries(PLUGIN_STRINGS).map(([key, text]) => [key, translated[key] ?? text]),
  ) as Record<keyof typeof PLUGIN_STRINGS, string>;
  return { ...gridStrings(translated), ...own };
}

