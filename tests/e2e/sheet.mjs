// Pictures of one window in many themes on one sheet, and the colours that are on it while it is looked at.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { FLAVOUR, OUT } from './harness.mjs';

/** The list a theme is looked at from, and what the editor says meanwhile: not to be seen, yet the list keeps the focus. */
const OVER = '.quick-input-widget, .notifications-toasts, .workbench-hover-container';
const fade = (page, opacity) => page.locator(OVER).evaluateAll((elements, wanted) => elements.forEach(({ style }) => (style.opacity = wanted)), opacity);

/** Pictures of a page, side by side on one sheet. */
export class Sheet {
  #pictures = [];

  get count() {
    return this.#pictures.length;
  }

  /** Adds a picture of the page, with what is said below it. */
  async add(page, title) {
    await fade(page, '0');
    const picture = await page.screenshot();
    await fade(page, '');
    this.#pictures.push({ title, source: `data:image/png;base64,${picture.toString('base64')}` });
  }

  /** Draws them all, four beside each other, each so many pixels wide, into a file of build/e2e/shots. */
  async draw(browser, name, width = 800) {
    const page = await browser.newPage({ viewport: { width: 4 * (width + 12) + 12, height: 600 } });
    const style = `body { margin: 12px; display: grid; grid-template-columns: repeat(4, ${width}px); gap: 12px; background: #808080; font: 16px sans-serif; }
      figure { margin: 0; } img { display: block; width: ${width}px; } figcaption { padding: 6px; background: #fff; color: #000; }`;
    await page.setContent(`<style>${style}</style>`);
    await page.evaluate(async pictures => {
      for (const { title, source } of pictures) {
        const image = Object.assign(new Image(), { src: source });
        await image.decode();
        const figure = document.body.appendChild(document.createElement('figure'));
        figure.append(image, Object.assign(document.createElement('figcaption'), { textContent: title }));
      }
    }, this.#pictures);
    const shots = path.join(OUT, 'shots');
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: path.join(shots, `${FLAVOUR}-${name}.png`), fullPage: true });
    await page.close();
  }
}

/**
 * Every colour that something in the frame has, by what has it: `{ 'div.cell color': 'rgb(…)' }`. Roots and what is not seen
 * are left out, shadow trees and pseudo elements are not.
 */
export function colorsOf(frame) {
  return frame.evaluate(() => {
    const found = {};
    const look = (element, where) => {
      for (const pseudo of [undefined, '::before', '::after', '::placeholder']) {
        const style = getComputedStyle(element, pseudo);
        if (pseudo?.length > 0 && /before|after/.test(pseudo) && style.content === 'none') continue;
        for (const name of ['color', 'backgroundColor', 'borderTopColor', 'outlineColor', 'boxShadow', 'backgroundImage', 'caretColor', 'scrollbarColor', 'accentColor', 'colorScheme', 'fill', 'stroke']) {
          found[`${where}${pseudo ?? ''} ${name}`] = style[name];
        }
      }
    };
    const walk = (root, where) => {
      [...root.children].forEach((element, at) => {
        if (['SCRIPT', 'STYLE', 'LINK', 'TEMPLATE'].includes(element.tagName)) return;
        const name = typeof element.className === 'string' ? element.className.trim().split(/\s+/).join('.') : '';
        const here = `${where}/${element.tagName.toLowerCase()}${name && `.${name}`}:${at}`;
        look(element, here);
        if (element.shadowRoot) walk(element.shadowRoot, `${here}#`);
        walk(element, here);
      });
    };
    look(document.documentElement, 'html');
    look(document.body, 'body');
    walk(document.body, 'body');
    return found;
  });
}
