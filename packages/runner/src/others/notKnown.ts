import { phrase } from '@omnia-buildstream/core/text/phrase';
import type { OtherPlace } from './othersAtWork.ts';
import { othersTexts as texts } from './othersTexts.ts';

/** The management server, if it cannot be checked. */
export function oimNotKnown(): OtherPlace {
  const notKnown = phrase(texts.notSignedIn);
  return { name: phrase(texts.server), look: () => Promise.resolve({ others: [], notKnown }) };
}

/** GitLab, if it cannot be checked. */
export function gitlabNotKnown(): OtherPlace {
  const notKnown = phrase(texts.notSignedIn);
  return { name: phrase(texts.gitlab), look: () => Promise.resolve({ others: [], notKnown }) };
}
