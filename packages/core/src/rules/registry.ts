import { aarch64NeedsNfsShare } from './aarch64NeedsNfsShare.ts';
import { adminIpIsBmcIp } from './adminIpIsBmcIp.ts';
import { archMismatch } from './archMismatch.ts';
import { archMismatchLater } from './archMismatchLater.ts';
import { byteOrderMark } from './byteOrderMark.ts';
import { badFunctionalGroupChars } from './badFunctionalGroupChars.ts';
import { badGroupName } from './badGroupName.ts';
import { badHostname } from './badHostname.ts';
import { badIbNic } from './badIbNic.ts';
import { badIpv4 } from './badIpv4.ts';
import { badIpv6 } from './badIpv6.ts';
import { badMac } from './badMac.ts';
import { badParentTag } from './badParentTag.ts';
import { badServiceTag } from './badServiceTag.ts';
import { baseosUnsupported } from './baseosUnsupported.ts';
import { blankLine } from './blankLine.ts';
import { cellTooLong } from './cellTooLong.ts';
import { columnOrder } from './columnOrder.ts';
import { commentLine } from './commentLine.ts';
import { computeNeedsParent } from './computeNeedsParent.ts';
import { crashHeaderSpelling } from './crashHeaderSpelling.ts';
import { csvSyntax } from './csvSyntax.ts';
import { danglingParent } from './danglingParent.ts';
import { dupAdminIp } from './dupAdminIp.ts';
import { dupAdminMac } from './dupAdminMac.ts';
import { dupBmcIp } from './dupBmcIp.ts';
import { dupBmcMac } from './dupBmcMac.ts';
import { dupHostname } from './dupHostname.ts';
import { dupHostnameIgnoringCase } from './dupHostnameIgnoringCase.ts';
import { dupIbIp } from './dupIbIp.ts';
import { duplicateColumn } from './duplicateColumn.ts';
import { dupServiceTag } from './dupServiceTag.ts';
import { dupServiceTagIgnoringCase } from './dupServiceTagIgnoringCase.ts';
import { emptyCell } from './emptyCell.ts';
import { evenControlPlanes } from './evenControlPlanes.ts';
import { groupParentMismatch } from './groupParentMismatch.ts';
import { groupShared } from './groupShared.ts';
import { headerContract } from './headerContract.ts';
import { headerSpelling } from './headerSpelling.ts';
import { hostnameLeadingDigit } from './hostnameLeadingDigit.ts';
import { hostnameNotLowercase } from './hostnameNotLowercase.ts';
import { hostnameNotNid } from './hostnameNotNid.ts';
import { ibIpOutsideIbNetwork } from './ibIpOutsideIbNetwork.ts';
import { ibPair } from './ibPair.ts';
import { ipInDhcpRange } from './ipInDhcpRange.ts';
import { ipIsOim } from './ipIsOim.ts';
import { ipIsRouter } from './ipIsRouter.ts';
import { ipNetworkOrBroadcast } from './ipNetworkOrBroadcast.ts';
import { ipOutsideAdminSubnets } from './ipOutsideAdminSubnets.ts';
import { bmcMacIsAdminMac } from './bmcMacIsAdminMac.ts';
import { macMixedSeparators } from './macMixedSeparators.ts';
import { macNotUnicast } from './macNotUnicast.ts';
import { mergeConflict } from './mergeConflict.ts';
import { mgmtHasParent } from './mgmtHasParent.ts';
import { missingArchSuffix } from './missingArchSuffix.ts';
import { missingColumn } from './missingColumn.ts';
import { missingOsVersion } from './missingOsVersion.ts';
import { neededLater } from './neededLater.ts';
import { noData } from './noData.ts';
import { noKubeWorker } from './noKubeWorker.ts';
import { noSlurmController } from './noSlurmController.ts';
import { noSlurmWorker } from './noSlurmWorker.ts';
import { notInCatalog } from './notInCatalog.ts';
import { notUtf8 } from './notUtf8.ts';
import { parentIsSelf } from './parentIsSelf.ts';
import { parentNotKubeNode } from './parentNotKubeNode.ts';
import { quotes } from './quotes.ts';
import { raggedRow } from './raggedRow.ts';
import { otherTable } from './otherTable.ts';
import { repeatedHeader } from './repeatedHeader.ts';
import { reservedFunctionalGroup } from './reservedFunctionalGroup.ts';
import { reservedHostname } from './reservedHostname.ts';
import { serviceTagLength } from './serviceTagLength.ts';
import { serviceTagNotAscii } from './serviceTagNotAscii.ts';
import { softwareMissing } from './softwareMissing.ts';
import { surroundingBlanks } from './surroundingBlanks.ts';
import { tabsBetweenCells } from './tabsBetweenCells.ts';
import { unknownColumn } from './unknownColumn.ts';
import { unknownFunctionalGroup } from './unknownFunctionalGroup.ts';
import { cloudInitUnknown, groupConfigUnknown, storageGroupUnknown } from './namesElsewhere.ts';
import { controlPlanesApart } from './controlPlanesApart.ts';
import { fewControlPlanes } from './fewControlPlanes.ts';
import { kubeAddressTaken } from './kubeAddressTaken.ts';
import { kubeAddressUnusable } from './kubeAddressUnusable.ts';
import { kubeArchitecture } from './kubeArchitecture.ts';
import { manySlurmControllers } from './manySlurmControllers.ts';
import { mixedOsReleases } from './mixedOsReleases.ts';
import { noLoginNode } from './noLoginNode.ts';
import type { Rule } from './rule.ts';

/** Every rule of the mapping file, in the order in which the findings of one cell are shown. */
export const mappingRules: readonly Rule[] = [
  notUtf8,
  noData,
  byteOrderMark,
  mergeConflict,
  cellTooLong,
  csvSyntax,
  otherTable,
  headerContract,
  missingColumn,
  crashHeaderSpelling,
  headerSpelling,
  duplicateColumn,
  unknownColumn,
  columnOrder,
  repeatedHeader,
  tabsBetweenCells,
  raggedRow,
  commentLine,
  blankLine,
  emptyCell,
  neededLater,
  badServiceTag,
  badParentTag,
  badMac,
  badHostname,
  badGroupName,
  badFunctionalGroupChars,
  badIpv4,
  badIpv6,
  ibPair,
  badIbNic,
  unknownFunctionalGroup,
  baseosUnsupported,
  missingArchSuffix,
  missingOsVersion,
  notInCatalog,
  dupServiceTag,
  dupHostname,
  dupAdminIp,
  dupIbIp,
  dupAdminMac,
  dupBmcIp,
  dupBmcMac,
  adminIpIsBmcIp,
  bmcMacIsAdminMac,
  groupParentMismatch,
  groupShared,
  mgmtHasParent,
  computeNeedsParent,
  parentNotKubeNode,
  danglingParent,
  parentIsSelf,
  archMismatch,
  archMismatchLater,
  aarch64NeedsNfsShare,
  softwareMissing,
  hostnameNotNid,
  ipOutsideAdminSubnets,
  ipInDhcpRange,
  ipIsOim,
  ipIsRouter,
  ipNetworkOrBroadcast,
  ibIpOutsideIbNetwork,
  macMixedSeparators,
  macNotUnicast,
  hostnameNotLowercase,
  hostnameLeadingDigit,
  reservedHostname,
  dupHostnameIgnoringCase,
  dupServiceTagIgnoringCase,
  serviceTagNotAscii,
  serviceTagLength,
  reservedFunctionalGroup,
  noSlurmController,
  noSlurmWorker,
  manySlurmControllers,
  noLoginNode,
  noKubeWorker,
  fewControlPlanes,
  evenControlPlanes,
  kubeArchitecture,
  mixedOsReleases,
  controlPlanesApart,
  kubeAddressTaken,
  kubeAddressUnusable,
  groupConfigUnknown,
  cloudInitUnknown,
  storageGroupUnknown,
  surroundingBlanks,
  quotes,
];

const byCode = new Map(mappingRules.map((rule) => [rule.code, rule]));

export function ruleByCode(code: string): Rule | undefined {
  return byCode.get(code);
}
