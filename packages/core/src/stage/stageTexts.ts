/** Why a node is touched by another stage than a restart: words that stand behind a number too. */
export const whyTexts = {
  getsImage: 'to get the image {image}',
  getsImageOfRole: 'to get the image of {role}',
  lacking: 'cannot be deployed yet',
  tested: 'to be tested',
  testedBy: 'to be tested: {checks}',
} as const;
