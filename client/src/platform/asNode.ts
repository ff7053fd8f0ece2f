/** Environment variables with which VS Code's own program runs a script. */
export const asNode = { ELECTRON_RUN_AS_NODE: '1' } as const;
