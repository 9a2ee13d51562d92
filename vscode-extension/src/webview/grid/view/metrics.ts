/** The fonts and sizes of the editor's theme, followed live. */
import type { TextMeasure } from "./widthFit";

export interface Metrics extends TextMeasure {
  readonly rowHeight: number;
}

/** Reads the sizes in force from the style of `root`. */
export function readMetrics(root: HTMLElement, compact: boolean): Metrics {
  const style = getComputedStyle(root);
  const size = parseFloat(style.getPropertyValue("--vscode-editor-font-size")) || 13;
  const family = style.getPropertyValue("--vscode-editor-font-family").trim() || "monospace";
  const weight = style.getPropertyValue("--vscode-editor-font-weight").trim() || "normal";
  const headerSize = parseFloat(style.getPropertyValue("--vscode-font-size")) || 13;
  const headerFamily = style.getPropertyValue("--vscode-font-family").trim() || "sans-serif";
  const cell = measurer(`${weight} ${size}px ${family}`);
  const header = measurer(`600 ${headerSize}px ${headerFamily}`);
  return { rowHeight: Math.round(size * 1.35) + (compact ? 2 : 6), cell, header };
}

/** Calls `changed` after the theme, the fonts or the zoom have changed, until `ended`. */
export function watchTheme(changed: () => void, ended: AbortSignal): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style", "class"] });
  observer.observe(document.body, { attributes: true, attributeFilter: ["class", "data-vscode-theme-id"] });
  ended.addEventListener("abort", () => observer.disconnect());
  void document.fonts.ready.then(() => {
    if (!ended.aborted) {
      changed();
    }
  });
}

function measurer(font: string): (text: string) => number {
  const context = document.createElement("canvas").getContext("2d");
  return (text) => {
    if (!context) {
      return text.length * 8;
    }
    context.font = font;
    return Math.ceil(context.measureText(text).width);
  };
}
