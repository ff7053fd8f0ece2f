import { valuesOf, type CommandEntry } from './commandTree.ts';

/** A completion for fish: ~/.config/fish/completions/buildstream.fish. */
export function fishCompletion(entries: readonly CommandEntry[]): string {
  const paths = entries.filter(({ path }) => path.length > 0).map(({ path }) => quoted(path.join(' ')));
  const lines = entries.flatMap((entry) => {
    const at = `-n ${quoted(`test (__buildstream_at) = ${quoted(entry.path.join(' '))}`)}`;
    return [
      ...entry.words.map(({ name, summary }) => `complete -c buildstream -f ${at} -a ${name} -d ${quoted(summary)}`),
      ...entry.options.map((option) => {
        const found = valuesOf(option);
        const short = option.short === undefined ? '' : ` -s ${option.short.slice(1)}`;
        const value = {
          none: '',
          any: ' -x',
          file: ' -r -F',
          folder: " -x -a '(__fish_complete_directories)'",
          choices: found.kind === 'choices' ? ` -x -a ${quoted(found.choices.join(' '))}` : '',
        }[found.kind];
        return `complete -c buildstream ${at} -l ${option.name.slice(2)}${short}${value} -d ${quoted(option.text)}`;
      }),
    ];
  });
  return `# fish completion for buildstream. Write it to ~/.config/fish/completions/buildstream.fish
function __buildstream_at
  set -l at ''
  for word in (commandline -opc)[2..-1]
    set -l next (string trim -- "$at $word")
    if contains -- $next ${paths.join(' ')}
      set at $next
    end
  end
  # One line, also an empty one: test compares two words.
  echo $at
end
${lines.join('\n')}
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
