import type { CommandHandler } from '../platform/commands.ts';
import type { CommandContext } from './commandContext.ts';
import { migrateSettings } from '../settings/migrateSettings.ts';
import { fixAllProblems } from './fixAllProblems.ts';
import { goToCsvRow } from './goToCsvRow.ts';
import { newMappingFile } from './newMappingFile.ts';
import { openRuleDocs } from './openRuleDocs.ts';
import { saveAsUtf8 } from './saveAsUtf8.ts';
import { selectOmniaVersion } from './selectOmniaVersion.ts';
import { setRuleSeverity } from './setRuleSeverity.ts';
import { showSkippedChecks } from './showSkippedChecks.ts';

type LanguageContext = Pick<CommandContext, 'context' | 'log' | 'server' | 'statuses'>;

/** The commands related to the language server, by name. */
export function languageCommands(parts: LanguageContext): Readonly<Record<`buildstream.${string}`, CommandHandler>> {
  const { context, log, server, statuses } = parts;
  return {
    'buildstream.showLog': () => {
      log.show();
    },
    'buildstream.restartLanguageServer': () => server.restart(),
    'buildstream.selectOmniaVersion': () => selectOmniaVersion(statuses),
    'buildstream.fixAllProblems': () => fixAllProblems(parts),
    'buildstream.setRuleSeverity': (code) => setRuleSeverity(context, code),
    'buildstream.openRuleDocs': (code) => openRuleDocs(context, code),
    'buildstream.saveAsUtf8': (uri) => saveAsUtf8(uri),
    'buildstream.newMappingFile': () => newMappingFile(parts),
    'buildstream.migrateSettings': () => migrateSettings(),
    'buildstream.goToCsvRow': () => goToCsvRow(statuses),
    'buildstream.showSkippedChecks': () => showSkippedChecks(statuses),
  };
}
