import * as vscode from 'vscode';
import { safeWindow } from './safeWindow.ts';

/** The only way to notifications, questions, lists, and progress; lint forbids the bare calls. */
export const window = safeWindow(vscode.window);
