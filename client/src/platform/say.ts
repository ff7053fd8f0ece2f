import type { Say } from '@omnia-buildstream/core/text/message';
import * as vscode from 'vscode';

/** A template of the packages, which `npm run l10n` finds there, in the user's language. */
export const say: Say = (template, params = {}) => (template === '' ? '' : vscode.l10n.t(template, params));
