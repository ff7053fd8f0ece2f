import { valuesOf, type CommandEntry } from './commandTree.ts';

/** A completion for zsh: a file `_buildstream` in fpath, or sourced. */
export function zshCompletion(entries: readonly CommandEntry[]): string {
  const cases = entries.map((entry) => {
    const words = entry.words.map(({ name, summary }) => described(name, summary)).join(' ');
    const options = entry.options.map(({ name, text }) => described(name, text)).join(' ');
    return `    '${entry.path.join(' ')}') words_here=(${words}); options=(${options}) ;;`;
  });
  const values = entries.flatMap((entry) =>
    entry.options.flatMap((option) => {
      const found = valuesOf(option);
      if (found.kind === 'none') return [];
      const act =
        found.kind === 'choices'
          ? `compadd -- ${found.choices.join(' ')}`
          : found.kind === 'any'
            ? "_message 'a value'"
            : `_files${found.kind === 'folder' ? ' -/' : ''}`;
      return [`    '${[...entry.path, option.name].join(' ')}') ${act}; return ;;`];
    }),
  );
  const paths = entries.filter(({ path }) => path.length > 0).map(({ path }) => `'${path.join(' ')}'`);
  return `#compdef buildstream
# zsh completion for buildstream. Write it to a folder of fpath: buildstream completion zsh > _buildstream
_buildstream() {
  local at='' word cur=\${words[CURRENT]} prev=\${words[CURRENT-1]} i
  local -a words_here options
  for ((i = 2; i < CURRENT; i++)); do
    word=\${words[i]}
    case "\${at:+$at }$word" in
    ${paths.join('|')}) at="\${at:+$at }$word" ;;
    esac
  done
  case "\${at:+$at }$prev" in
${values.join('\n')}
  esac
  case "$at" in
${cases.join('\n')}
  esac
  if [[ $cur == -* ]]; then
    _describe -o option options
  elif (( \${#words_here} )); then
    _describe command words_here
  else
    _files
  fi
}
if [[ \${funcstack[1]} == _buildstream ]]; then
  _buildstream "$@"
else
  compdef _buildstream buildstream
fi
`;
}

/** \`name:text\` in quotes, as _describe reads it. */
function described(name: string, text: string): string {
  return `'${`${name}:${text}`.replaceAll("'", "'\\''")}'`;
}
