import { valuesOf, type CommandEntry } from './commandTree.ts';

/** A completion for PowerShell 5 and newer: register it in $PROFILE. */
export function powershellCompletion(entries: readonly CommandEntry[]): string {
  const table = entries.map((entry) => {
    const words = entry.words.map(({ name }) => name);
    const options = entry.options.map(({ name }) => name);
    return `  ${quoted(entry.path.join(' '))} = @{ Words = ${list(words)}; Options = ${list(options)} }`;
  });
  const values = entries.flatMap((entry) =>
    entry.options.flatMap((option) => {
      const found = valuesOf(option);
      if (found.kind !== 'choices') return [];
      return [`  ${quoted([...entry.path, option.name].join(' '))} = ${list(found.choices)}`];
    }),
  );
  return `# PowerShell completion for buildstream. Load it with: buildstream completion powershell | Out-String | Invoke-Expression
$buildstreamCommands = @{
${table.join('\n')}
}
$buildstreamValues = @{
${values.join('\n')}
}
Register-ArgumentCompleter -Native -CommandName buildstream -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $given = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($wordToComplete -ne '' -and $given.Count -gt 0) { $given = @($given | Select-Object -SkipLast 1) }
  $at = ''
  foreach ($word in $given) {
    $next = "$at $word".Trim()
    if ($buildstreamCommands.ContainsKey($next)) { $at = $next }
  }
  $last = if ($given.Count -gt 0) { "$at $($given[-1])".Trim() } else { '' }
  $here = $buildstreamCommands[$at]
  $offered =
    if ($buildstreamValues.ContainsKey($last)) { $buildstreamValues[$last] }
    elseif ($wordToComplete.StartsWith('-')) { $here.Options }
    else { $here.Words }
  $offered | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}

function list(words: readonly string[]): string {
  return `@(${words.map(quoted).join(', ')})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
