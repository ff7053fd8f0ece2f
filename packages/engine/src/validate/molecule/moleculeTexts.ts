export const moleculeTexts = {
  title: 'Molecule succeeds',
  running: 'Molecule: {command} in {folder}',
  noFolder: 'the folder {folder} does not exist',
  older: "Molecule's report {file} is older than this run and is not read.",
  tooLarge: "Molecule's report {file} is too large to be read.",
  notReport: '{file} is not a report in JUnit XML or JSON.',
  noReport: 'Molecule wrote no report {file}; its exit code decides.',
  unreadable: "Molecule's report cannot be read: {why}.",
  exit: 'exit code {code}',
  signal: 'ended by {signal}',
  stopped: 'stopped, with everything that it had started',
  noProgram: 'the program "{program}" is missing; only the built-in checks were carried out',
  notStarted: '"{program}" cannot be started: {why}; only the built-in checks were carried out',
} as const;

export const moleculeAdviceTexts = {
  folder: 'Name the right one: --molecule-dir, in the editor buildstream.engine.moleculeRun.',
  program:
    'Install it, name it (--molecule, in the editor buildstream.engine.molecule), or leave it out: the built-in checks need no program.',
  output: 'Check its output in molecule_output.log.',
} as const;
