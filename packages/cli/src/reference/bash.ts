import { valuesOf, type CommandEntry } from './commandTree.ts';

/** A completion for bash 4 and newer. */
export function bashCompletion(entries: readonly CommandEntry[]): string {
  const cases = entries.map((entry) => {
    const at = entry.path.join(' ');
    const words = entry.words.map(({ name }) => name).join(' ');
    const options = entry.options.map(({ name }) => name).join(' ');
    return `    '${at}') words='${words}'; options='${options}' ;;`;
  });
  const values = entries.flatMap((entry) =>
    entry.options.flatMap((option) => {
      const found = valuesOf(option);
      if (found.kind === 'none') return [];
      const act =
        found.kind === 'choices'
          ? `COMPREPLY=($(compgen -W '${found.choices.join(' ')}' -- "$cur"))`
          : found.kind === 'any'
            ? 'COMPREPLY=()'
            : `_buildstream_files ${found.kind === 'folder' ? '-d' : '-f'}`;
      return [`    '${[...entry.path, option.name].join(' ')}') ${act}; return ;;`];
    }),
  );
  const paths = entries.filter(({ path }) => path.length > 0).map(({ path }) => `'${path.join(' ')}'`);
  return `# bash completion for buildstream. Load it with: source <(buildstream completion bash)
_buildstream_files() {
  compopt -o filenames 2>/dev/null
  local IFS=$'\\n'
  COMPREPLY=($(compgen "$1" -- "$cur"))
}

_buildstream() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} at='' word words='' options='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case "\${at:+$at }$word" in
    ${paths.join(' | ')}) at="\${at:+$at }$word" ;;
    esac
  done
  case "\${at:+$at }$prev" in
${values.join('\n')}
  esac
  case "$at" in
${cases.join('\n')}
  esac
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$cur"))
  elif [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
  else
    _buildstream_files -f
  fi
}
complete -F _buildstream buildstream
`;
}
