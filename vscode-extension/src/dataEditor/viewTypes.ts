/** The names of the data editor in package.json. */

export const VIEW_TYPE = "thoth.dataEditor";
/** The same editor for files that VS Code's own text editor opens unless it is asked not to. */
export const OPTIONAL_VIEW_TYPE = "thoth.dataEditor.optional";
