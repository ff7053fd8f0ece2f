/** What VS Code gives the script of a webview. */
export interface VscodeApi {
  readonly postMessage: (message: unknown) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
}

declare const acquireVsCodeApi: () => VscodeApi;

/** Once a page. */
export function vscodeApi(): VscodeApi {
  return acquireVsCodeApi();
}
