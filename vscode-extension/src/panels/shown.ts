/** What a panel looks like: the newest tree of the instance it has, or of the one it had. */
import type * as P from "../generated/protocol";
import type { PanelTree } from "../shared/panelPage";

export class Shown {
  #view: P.PanelView | undefined;
  /** Counts instances, for the page. */
  #session = 0;

  /** As the page is told; undefined before there was one. */
  get tree(): PanelTree | undefined {
    return this.#view && this.#told(this.#view);
  }

  /** Begins with the first view of another instance. */
  begin(view: P.PanelView): PanelTree {
    this.#session++;
    this.#view = view;
    return this.#told(view);
  }

  /** Takes a view; undefined where it is no newer than the one that is shown. */
  take(view: P.PanelView): PanelTree | undefined {
    if (this.#view !== undefined && view.revision <= this.#view.revision) {
      return undefined;
    }
    this.#view = view;
    return this.#told(view);
  }

  /** The newer of this view and of the one that is shown. */
  newest(view: P.PanelView): P.PanelView {
    return this.#view !== undefined && this.#view.revision > view.revision ? this.#view : view;
  }

  #told({ node, heightHint }: P.PanelView): PanelTree {
    return { session: this.#session, node, heightHint };
  }
}
