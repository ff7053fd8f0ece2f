// From here on `import('vscode')` returns fakeVscode.ts, so that files of the client can be loaded without an editor.
// They have to be loaded with `await import()`: imports at the top of a file are resolved before this file runs.
import { registerHooks } from 'node:module';

const fake = new URL('fakeVscode.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode' ? { url: fake, shortCircuit: true } : next(specifier, context),
});
