/** Why a node is touched by another stage than a restart, and what every backend says of its plan. */
export const whyTexts = {
  getsImage: 'gets the image {image}',
  getsImageOfRole: 'gets the image of {role}',
  lacking: 'cannot be deployed as it stands',
  tested: 'is tested',
  testedBy: 'is tested: {checks}',
} as const;
