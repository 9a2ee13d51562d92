// Generated from thoth_ls/themes by scripts/generate_theme_tokens.py. Do not edit.

/** Where a token comes from: see `Source` in thoth_ls/themes/from_editor.py. */
export interface TokenSource {
  /** Variables of the editor's colours, the best first. */
  readonly variables: readonly string[];
  /** An expression of tokens above; absent for the default of the same darkness. */
  readonly otherwise?: string;
  /** The token it has to be seen upon. */
  readonly upon?: string;
  readonly isText?: true;
  readonly isWash?: true;
  /** Whether `fg` is written upon it. */
  readonly isGround?: true;
}

/** Of the tokens that are made of nothing else. */
export const DEFAULTS: Readonly<Record<"dark" | "light", Readonly<Record<string, string>>>> = {
  "dark": {"bg": "#1e1e2e", "fg": "#cdd6f4", "syntax_key": "#89b4fa", "syntax_string": "#a6e3a1", "syntax_number": "#fab387", "syntax_bool": "#cba6f7", "success": "#a6e3a1", "warning": "#f9e2af", "error": "#f38ba8", "info": "#74c7ec", "accent": "#cba6f7"},
  "light": {"bg": "#eff1f5", "fg": "#4c4f69", "syntax_key": "#1e66f5", "syntax_string": "#40a02b", "syntax_number": "#fe640b", "syntax_bool": "#8839ef", "success": "#40a02b", "warning": "#df8e1d", "error": "#d20f39", "info": "#209fb5", "accent": "#8839ef"},
};

/** Contrast below which a colour tells nothing apart. */
export const LEAST_SEEN = 1.5;

/** The tokens, those first that others are made of. */
export const FROM_EDITOR: Readonly<Record<string, TokenSource>> = {
  "bg": {"variables": ["--vscode-editor-background"]},
  "fg": {"variables": ["--vscode-editor-foreground", "--vscode-foreground"], "upon": "bg", "isText": true},
  "bg_panel": {"variables": ["--vscode-sideBar-background", "--vscode-panel-background", "--vscode-editorGroupHeader-tabsBackground", "--vscode-activityBar-background"], "otherwise": "bg~4~fg", "isGround": true},
  "bg_sunken": {"variables": ["--vscode-input-background", "--vscode-terminal-background", "--vscode-editorWidget-background"], "otherwise": "bg", "isGround": true},
  "surface": {"variables": ["--vscode-list-inactiveSelectionBackground", "--vscode-button-secondaryBackground", "--vscode-editorWidget-background"], "otherwise": "bg~10~fg", "isGround": true},
  "surface_raised": {"variables": ["--vscode-list-activeSelectionBackground", "--vscode-widget-border", "--vscode-panel-border", "--vscode-editorGroup-border"], "otherwise": "bg~18~fg", "isGround": true},
  "surface_active": {"variables": ["--vscode-input-border", "--vscode-checkbox-border", "--vscode-scrollbarSlider-activeBackground"], "otherwise": "bg~28~fg", "isGround": true},
  "fg_muted": {"variables": ["--vscode-descriptionForeground", "--vscode-editorLineNumber-foreground", "--vscode-tab-inactiveForeground"], "otherwise": "bg~70~fg", "upon": "bg", "isText": true},
  "syntax_key": {"variables": ["--vscode-debugTokenExpression-name", "--vscode-symbolIcon-propertyForeground", "--vscode-symbolIcon-keyForeground"], "upon": "bg", "isText": true},
  "syntax_string": {"variables": ["--vscode-debugTokenExpression-string", "--vscode-symbolIcon-stringForeground", "--vscode-terminal-ansiGreen"], "upon": "bg", "isText": true},
  "syntax_number": {"variables": ["--vscode-debugTokenExpression-number", "--vscode-symbolIcon-numberForeground", "--vscode-terminal-ansiYellow"], "upon": "bg", "isText": true},
  "syntax_bool": {"variables": ["--vscode-debugTokenExpression-boolean", "--vscode-symbolIcon-booleanForeground", "--vscode-terminal-ansiBlue"], "upon": "bg", "isText": true},
  "syntax_punctuation": {"variables": [], "otherwise": "bg~70~fg", "upon": "bg", "isText": true},
  "success": {"variables": ["--vscode-gitDecoration-untrackedResourceForeground", "--vscode-gitDecoration-addedResourceForeground", "--vscode-testing-iconPassed", "--vscode-terminal-ansiGreen", "--vscode-charts-green"], "upon": "bg", "isText": true},
  "warning": {"variables": ["--vscode-list-warningForeground", "--vscode-editorWarning-foreground", "--vscode-terminal-ansiYellow", "--vscode-charts-yellow"], "upon": "bg", "isText": true},
  "error": {"variables": ["--vscode-list-errorForeground", "--vscode-errorForeground", "--vscode-editorError-foreground", "--vscode-terminal-ansiRed", "--vscode-charts-red"], "upon": "bg", "isText": true},
  "info": {"variables": ["--vscode-editorInfo-foreground", "--vscode-terminal-ansiCyan", "--vscode-charts-blue", "--vscode-terminal-ansiBlue"], "upon": "bg", "isText": true},
  "accent": {"variables": ["--vscode-button-background", "--vscode-badge-background", "--vscode-activityBarBadge-background", "--vscode-progressBar-background"], "upon": "bg"},
  "accent_secondary": {"variables": ["--vscode-symbolIcon-methodForeground", "--vscode-focusBorder", "--vscode-textLink-foreground", "--vscode-editorCursor-foreground"], "otherwise": "accent", "upon": "bg"},
  "sidebar_hover": {"variables": ["--vscode-list-hoverBackground"], "otherwise": "fg/12", "isWash": true},
  "sidebar_header": {"variables": ["--vscode-sideBarSectionHeader-foreground", "--vscode-sideBarTitle-foreground"], "otherwise": "bg~70~fg", "upon": "bg_panel", "isText": true},
  "indent_guide": {"variables": ["--vscode-editorIndentGuide-background1", "--vscode-editorIndentGuide-background", "--vscode-tree-indentGuidesStroke"], "otherwise": "bg~20~fg"},
};

/** What follows from the tokens, as expressions. */
export const DERIVED: Readonly<Record<string, string>> = {
  "fg_subtle": "fg_muted~50~fg",
  "fg_faint": "surface_active~50~fg_muted",
  "edge": "surface_raised/34",
  "focus": "accent_secondary/90",
  "selection": "accent/23.5",
  "link": "syntax_key",
  "text_fg": "text:fg",
  "text_muted": "text:fg_muted",
  "text_key": "text:syntax_key",
  "text_string": "text:syntax_string",
  "text_number": "text:syntax_number",
  "text_bool": "text:syntax_bool",
  "text_success": "text:success",
  "text_warning": "text:warning",
  "text_error": "text:error",
  "text_info": "text:info",
  "text_accent": "text:accent",
  "text_secondary": "text:accent_secondary",
};

/** Variables of the editor's colours that come before them. */
export const DERIVED_FROM_EDITOR: Readonly<Record<string, readonly string[]>> = {
  "edge": ["--vscode-contrastBorder"],
  "focus": ["--vscode-focusBorder", "--vscode-contrastActiveBorder"],
};
