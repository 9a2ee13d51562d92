// The tokens of a web view, and whether what is written in them can be read.

/** Texts, and what they are read upon (docs/themes.md, "With no theme"). */
const TEXTS = ['fg', 'fg-muted', 'syntax-key', 'syntax-string', 'syntax-number', 'syntax-bool', 'syntax-punctuation', 'success', 'warning', 'error', 'info'];
const GROUNDS = ['bg-panel', 'bg-sunken', 'surface', 'surface-raised', 'surface-active'];
const PAIRS = [...TEXTS.map(text => [text, 'bg']), ...GROUNDS.map(ground => ['fg', ground]), ['sidebar-header', 'bg-panel']];

/** The tokens of the page in `frame` by name; empty where it has none of that name. */
export function tokensOf(frame, names) {
  return frame.locator('body').evaluate((body, all) => {
    const style = getComputedStyle(body);
    return Object.fromEntries(all.map(name => [name, style.getPropertyValue(`--thoth-${name}`).trim()]));
  }, names);
}

/** Texts among the tokens that have less contrast than 4.5 to what they are read upon: `["fg on bg: 3.2"]`. */
export function unreadable(tokens) {
  return PAIRS.map(([text, ground]) => [`${text} on ${ground}`, contrast(tokens[text], tokens[ground])])
    .filter(([, ratio]) => !(ratio >= 4.5))
    .map(([pair, ratio]) => `${pair}: ${ratio}`);
}

/** A colour as computed styles have it. */
export const rgb = hex => `rgb(${[1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;

function contrast(one, other) {
  const channel = value => (value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const light = hex => [0.2126, 0.7152, 0.0722].reduce((sum, share, at) => sum + share * channel(parseInt(hex.slice(1 + at * 2, 3 + at * 2), 16)), 0);
  const [lower, upper] = [light(one), light(other)].sort((a, b) => a - b);
  return (upper + 0.05) / (lower + 0.05);
}

/**
 * How an element is marked off: `{ outline: [width, style, color], border: [widths, colors] }` as computed, and what the
 * editor's theme has for both, as computed too.
 */
export async function marks(locator) {
  const found = await locator.evaluate(element => {
    const root = getComputedStyle(document.documentElement);
    const { outlineWidth, outlineStyle, outlineColor, borderBottomWidth, borderBottomStyle, borderBottomColor } = getComputedStyle(element);
    return {
      outline: [outlineWidth, outlineStyle, outlineColor],
      border: [borderBottomWidth, borderBottomStyle, borderBottomColor],
      focusBorder: root.getPropertyValue('--vscode-focusBorder').trim(),
      contrastBorder: root.getPropertyValue('--vscode-contrastBorder').trim(),
    };
  });
  return { ...found, focusBorder: rgb(found.focusBorder), contrastBorder: rgb(found.contrastBorder) };
}
