import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { OthersWatch } from '@omnia-buildstream/runner/others/besideOthers';
import { gitlabNotKnown, oimNotKnown } from '@omnia-buildstream/runner/others/notKnown';
import {
  lookForOthers,
  othersNotes,
  refuseOthers,
  type OtherPlace,
  type OthersSeen,
} from '@omnia-buildstream/runner/others/othersAtWork';
import { runsHere } from '@omnia-buildstream/runner/others/runsHere';
import { causeOf } from '../cannotRun.ts';
import { inWords } from '../errorWords.ts';
import type { Io } from '../io.ts';
import type { NamedApi } from '../oim/options.ts';

/** Where a command looks on its own, with the client that it has. */
interface OwnPlaces {
  readonly gitlab?: OtherPlace;
  readonly server?: OtherPlace;
  /** The API as the arguments name it, before the environment does. */
  readonly named?: NamedApi;
}

/** Where others are looked for: at GitLab and the management server when the environment signs in there; nobody is asked. */
export async function watchOthers(io: Io, { gitlab, server, named }: OwnPlaces = {}): Promise<OthersWatch> {
  return {
    places: [gitlab ?? (await gitlabPlace(io)), server ?? (await oimPlace(io, named))],
    unseen: (error) => {
      const text = `Other runs on this computer cannot see this one: ${causeOf(error)}.\n`;
      void io.stderr.write(text).catch(() => undefined);
    },
  };
}

/** Of tests, which get in nobody's way. */
export const inNobodysWay: OthersWatch = { places: [], unseen: () => undefined };

/** The first look, for the person who confirms: before the question nothing of it is registered. */
export function seeOthers(plan: Pick<StagePlan, 'nodes'>, { places }: OthersWatch, io: Io): Promise<OthersSeen> {
  return lookForOthers([runsHere(io), ...places], plan);
}

/** @throws UserError when somebody is at work */
export function refuseSeen(seen: OthersSeen): void {
  try {
    refuseOthers(seen);
  } catch (error) {
    throw inWords(error);
  }
}

export function othersText(seen: OthersSeen): string {
  return othersNotes(seen)
    .map((note) => `${plainLine(wordsOf(note))}\n`)
    .join('');
}

/** What few commands need is loaded only when the environment has the settings for it. */
async function gitlabPlace(io: Io): Promise<OtherPlace> {
  const { BUILDSTREAM_GITLAB_TOKEN: token = '', BUILDSTREAM_GITLAB_URL: url = '', CI_SERVER_URL: ci = '' } = io.env;
  if (token === '' || (url === '' && ci === '')) return gitlabNotKnown();
  return (await import('../pipelines/othersPlace.ts')).gitlabOfEnvironment(io);
}

async function oimPlace(io: Io, named: NamedApi | undefined): Promise<OtherPlace> {
  const { BSM_API_URL: url = '', BSM_CLIENT_ID: id = '', BSM_CLIENT_SECRET: secret = '' } = io.env;
  if ((named?.api ?? url) === '' || id === '' || secret === '') return oimNotKnown();
  return (await import('../oim/othersPlace.ts')).oimWithClient(io, named);
}
