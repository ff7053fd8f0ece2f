/** Something that must be released, as in VS Code. */
export interface Disposable {
  dispose(): unknown;
}

/** Owns disposables and releases them once, the newest first. */
export class DisposableStore implements Disposable {
  #items: Disposable[] | undefined = [];

  /** An item that is added after the end is released at once. */
  add<T extends Disposable>(item: T): T {
    if (this.#items === undefined) item.dispose();
    else this.#items.push(item);
    return item;
  }

  dispose(): void {
    const items = this.#items ?? [];
    this.#items = undefined;
    for (const item of items.reverse()) item.dispose();
  }
}
