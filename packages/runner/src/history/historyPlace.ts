import os from 'node:os';
import path from 'node:path';
import type { Author } from '@omnia-buildstream/core/history/historyRecord';
import { historyFolder } from '@omnia-buildstream/core/nodes/projectPlaces';

/** Where the history of a project lies, and who writes it. */
export interface HistoryPlace {
  /** Absolute. */
  readonly folder: string;
  /** Absolute: the project, below which no symbolic link is followed. */
  readonly within: string;
}

/** @param project absolute */
export function historyOf(project: string): HistoryPlace {
  return { folder: path.join(project, historyFolder), within: project };
}

/** Who runs this process. @param program `command line` or `editor` @param gitlabUser empty: GitLab has no part in it */
export function authorOf(program: string, version: string, gitlabUser = ''): Author {
  return { user: userName(), host: os.hostname(), gitlabUser, program, version };
}

/** A container may run under a number that has no name. */
function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return '';
  }
}
