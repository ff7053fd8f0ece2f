/** What VS Code provides to the script of a webview. */
export interface VscodeApi {
  readonly postMessage: (message: unknown) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
}

declare const acquireVsCodeApi: () => VscodeApi;

/** Can be called only once per page. */
export function vscodeApi(): VscodeApi {
  return acquireVsCodeApi();
}
