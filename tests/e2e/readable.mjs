// Whether text can be read: its contrast to what is behind it, and whether it stays within its row.

/**
 * For every text that is drawn inside the elements of `locator`, its contrast to what is behind it, as WCAG counts it:
 * `[{ text, ratio, color, behind }]`, the poorest first. Opacity counts, codicons do not, nor does what cannot be used now
 * (WCAG 2.2, 1.4.3: inactive components).
 */
export function contrasts(locator) {
  return locator.evaluateAll(elements => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const rgba = color => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      return [red, green, blue, alpha / 255];
    };
    const over = (below, [red, green, blue, alpha]) => [red, green, blue].map((value, at) => value * alpha + below[at] * (1 - alpha));
    const channel = value => (value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    const light = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
    const editor = rgba(getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background').trim());
    const isInactive = element => {
      for (let each = element; each; each = each.parentElement ?? each.getRootNode().host) {
        if (each.matches(':disabled, [aria-disabled="true"]')) return true;
      }
      return false;
    };
    const measure = (element, text) => {
      let layers = [];
      let opacity = 1;
      for (let each = element; each; each = each.parentElement ?? each.getRootNode().host) {
        const style = getComputedStyle(each);
        layers = [rgba(style.backgroundColor), ...layers];
        opacity *= Number(style.opacity);
      }
      const behind = layers.reduce(over, editor.slice(0, 3)); // the view itself is transparent
      const [red, green, blue, alpha] = rgba(getComputedStyle(element).color);
      const color = over(behind, [red, green, blue, alpha * opacity]);
      const [lower, upper] = [light(behind), light(color)].sort((one, other) => one - other);
      return { text, ratio: (upper + 0.05) / (lower + 0.05), color: color.map(Math.round).join(), behind: behind.map(Math.round).join() };
    };
    const found = [];
    for (const element of elements.filter(each => each.checkVisibility())) {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const { parentElement, data } = walker.currentNode;
        if (data.trim() && parentElement.checkVisibility() && !isInactive(parentElement)) found.push({ ...measure(parentElement, data.slice(0, 60)), what: parentElement.className });
      }
    }
    return found.sort((one, other) => one.ratio - other.ratio);
  });
}

/** The parts inside the elements of `locator` that reach out of them, and are no boxes cut off with dots: `[text]`. */
export function overflowing(locator) {
  return locator.evaluateAll(elements => {
    const out = [];
    for (const element of elements.filter(each => each.checkVisibility())) {
      const outer = element.getBoundingClientRect();
      for (const part of element.querySelectorAll('*')) {
        const inner = part.getBoundingClientRect();
        const isCut = part.parentElement?.closest('*') !== element && getComputedStyle(part.parentElement).textOverflow === 'ellipsis';
        const reaches = inner.right > outer.right + 1 || inner.left < outer.left - 1 || inner.bottom > outer.bottom + 1 || inner.top < outer.top - 1;
        if (inner.width > 0 && reaches && !isCut) out.push(`${part.className}: ${part.textContent.slice(0, 60)}`);
      }
    }
    return out;
  });
}
