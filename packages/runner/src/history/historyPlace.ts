import os from 'node:os';
import path from 'node:path';
import type { Author } from '@omnia-buildstream/core/history/historyRecord';
import { historyFolder } from '@omnia-buildstream/core/nodes/projectPlaces';

/** Where the history of a project is stored. */
export interface HistoryPlace {
  /** Absolute. */
  readonly folder: string;
  /** Absolute: the project, inside which symbolic links are not followed. */
  readonly within: string;
}

/** @param project absolute */
export function historyOf(project: string): HistoryPlace {
  return { folder: path.join(project, historyFolder), within: project };
}

/**
 * Who runs this process. @param program `command line` or `editor` @param gitlabUser empty if GitLab is not involved
 */
export function authorOf(program: string, version: string, gitlabUser = ''): Author {
  return { user: userName(), host: os.hostname(), gitlabUser, program, version };
}

/** Empty if the user ID has no name, as may be the case in a container. */
function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return '';
  }
}
