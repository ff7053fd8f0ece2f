/** How a process ends, for all commands; defined only here. */
export const exitCodeTable = [
  { name: 'ok', code: 0, meaning: 'everything went well; warnings are allowed' },
  { name: 'errorsFound', code: 1, meaning: 'errors found; with pipelines log --follow: the job failed' },
  {
    name: 'cannotRun',
    code: 2,
    meaning: 'could not run: bad arguments, a file or a server that cannot be used; standard error says what to do',
  },
  {
    name: 'notAllDone',
    code: 3,
    meaning: 'some nodes or tests failed or were not tried; or sent, and the outcome is unknown',
  },
] as const;

type Row = (typeof exitCodeTable)[number];
export type ExitCode = Row['code'];

/** The codes by name. */
export const exitCodes = Object.fromEntries(exitCodeTable.map(({ name, code }) => [name, code])) as {
  readonly [Name in Row['name']]: Extract<Row, { readonly name: Name }>['code'];
};
