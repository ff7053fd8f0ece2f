// Compiled from schemas/failed_nodes.schema.json by scripts/compileSchemas.mjs. Do not edit.
"use strict";
export const validate = validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"urn:omnia-buildstream:schema:failed_nodes","title":"Omnia failed_nodes.json","description":"Nodes that the restart stage of Omnia's deploy pipeline could not PXE-boot. Set the status of a node that you have booted by hand to \"success\", then press Retry downstream pipeline: Omnia leaves the node out and counts it as booted.","type":"object","required":["failed_nodes"],"properties":{"job_id":{"type":"string","description":"UUID of the BuildStreaM job whose restart stage wrote the file. There is one file for all jobs: it must be the job that you are about to retry."},"stage_name":{"type":"string","description":"The stage that wrote the file: restart."},"timestamp":{"type":"string","description":"When the file was written: ISO 8601, UTC."},"total_nodes":{"$ref":"#/definitions/count","description":"Nodes of the run; newer Omnia counts the entries below instead. Needs no change when you mark nodes."},"failure_count":{"$ref":"#/definitions/count","description":"Nodes that failed. Needs no change when you mark nodes: Omnia counts anew."},"success_count":{"$ref":"#/definitions/count","description":"Nodes that succeeded (Omnia 2.3)."},"failed_nodes":{"type":"array","description":"One entry for each failed node; empty after full success. Deleting an entry does not exclude its node: it is tried again because it is not booted.","items":{"$ref":"#/definitions/node","defaultSnippets":[{"label":"Failed node","description":"Entry of a failed node","body":{"bmc_ip":"$1","hostname":"$2","service_tag":"$3","status":"failed","message":"$4"}}]}}},"definitions":{"count":{"description":"A number of nodes; Omnia writes it as a number or as digits in quotes.","oneOf":[{"type":"integer","minimum":0},{"type":"string","pattern":"^[0-9]+$"}]},"node":{"type":"object","description":"A node that failed to PXE-boot.","required":["bmc_ip","status"],"properties":{"bmc_ip":{"type":"string","description":"Address of the node's BMC. Omnia knows the node by this text alone.","pattern":"^(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}$","patternErrorMessage":"Not an IPv4 address. Omnia looks for this text among the BMC_IPs of the mapping file."},"admin_ip":{"type":"string","description":"Address of the node on the admin network (Omnia 2.3)."},"xname":{"type":"string","description":"Name of the node in the state database (Omnia 2.3)."},"hostname":{"type":"string","description":"From the mapping file, empty when the BMC_IP is not in it. Omnia does not read it back."},"service_tag":{"type":"string","description":"From the mapping file, empty when the BMC_IP is not in it. Omnia does not read it back."},"status":{"description":"failed: the node is tried again. success: you have booted it by hand; Omnia leaves it out and counts it as booted. Anything else is ignored.","enum":["failed","success"],"enumDescriptions":["The node is tried again on the next retry.","Booted by hand: left out of further PXE attempts and counted as booted."]},"failure_stage":{"type":"string","description":"Where it failed (Omnia 2.3): pxe_boot, node_registration or phone_home."},"message":{"type":"string","description":"What Omnia says about the failure."},"error":{"type":"string","description":"What Omnia 2.3 says about the failure."}}}}};
const schema12 = {"description":"A number of nodes; Omnia writes it as a number or as digits in quotes.","oneOf":[{"type":"integer","minimum":0},{"type":"string","pattern":"^[0-9]+$"}]};
const schema15 = {"type":"object","description":"A node that failed to PXE-boot.","required":["bmc_ip","status"],"properties":{"bmc_ip":{"type":"string","description":"Address of the node's BMC. Omnia knows the node by this text alone.","pattern":"^(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}$","patternErrorMessage":"Not an IPv4 address. Omnia looks for this text among the BMC_IPs of the mapping file."},"admin_ip":{"type":"string","description":"Address of the node on the admin network (Omnia 2.3)."},"xname":{"type":"string","description":"Name of the node in the state database (Omnia 2.3)."},"hostname":{"type":"string","description":"From the mapping file, empty when the BMC_IP is not in it. Omnia does not read it back."},"service_tag":{"type":"string","description":"From the mapping file, empty when the BMC_IP is not in it. Omnia does not read it back."},"status":{"description":"failed: the node is tried again. success: you have booted it by hand; Omnia leaves it out and counts it as booted. Anything else is ignored.","enum":["failed","success"],"enumDescriptions":["The node is tried again on the next retry.","Booted by hand: left out of further PXE attempts and counted as booted."]},"failure_stage":{"type":"string","description":"Where it failed (Omnia 2.3): pxe_boot, node_registration or phone_home."},"message":{"type":"string","description":"What Omnia says about the failure."},"error":{"type":"string","description":"What Omnia 2.3 says about the failure."}}};
const pattern0 = new RegExp("^[0-9]+$", "u");
const pattern3 = new RegExp("^(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}$", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="urn:omnia-buildstream:schema:failed_nodes" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.failed_nodes === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "failed_nodes"},message:"must have required property '"+"failed_nodes"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.job_id !== undefined){
if(typeof data.job_id !== "string"){
const err1 = {instancePath:instancePath+"/job_id",schemaPath:"#/properties/job_id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.stage_name !== undefined){
if(typeof data.stage_name !== "string"){
const err2 = {instancePath:instancePath+"/stage_name",schemaPath:"#/properties/stage_name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.timestamp !== undefined){
if(typeof data.timestamp !== "string"){
const err3 = {instancePath:instancePath+"/timestamp",schemaPath:"#/properties/timestamp/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.total_nodes !== undefined){
let data3 = data.total_nodes;
const _errs9 = errors;
let valid2 = false;
let passing0 = null;
const _errs10 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err4 = {instancePath:instancePath+"/total_nodes",schemaPath:"#/definitions/count/oneOf/0/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 0 || isNaN(data3)){
const err5 = {instancePath:instancePath+"/total_nodes",schemaPath:"#/definitions/count/oneOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
var _valid0 = _errs10 === errors;
if(_valid0){
valid2 = true;
passing0 = 0;
}
const _errs12 = errors;
if(typeof data3 === "string"){
if(!pattern0.test(data3)){
const err6 = {instancePath:instancePath+"/total_nodes",schemaPath:"#/definitions/count/oneOf/1/pattern",keyword:"pattern",params:{pattern: "^[0-9]+$"},message:"must match pattern \""+"^[0-9]+$"+"\""};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/total_nodes",schemaPath:"#/definitions/count/oneOf/1/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
var _valid0 = _errs12 === errors;
if(_valid0 && valid2){
valid2 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid2 = true;
passing0 = 1;
}
}
if(!valid2){
const err8 = {instancePath:instancePath+"/total_nodes",schemaPath:"#/definitions/count/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
else {
errors = _errs9;
if(vErrors !== null){
if(_errs9){
vErrors.length = _errs9;
}
else {
vErrors = null;
}
}
}
}
if(data.failure_count !== undefined){
let data4 = data.failure_count;
const _errs16 = errors;
let valid4 = false;
let passing1 = null;
const _errs17 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err9 = {instancePath:instancePath+"/failure_count",schemaPath:"#/definitions/count/oneOf/0/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 0 || isNaN(data4)){
const err10 = {instancePath:instancePath+"/failure_count",schemaPath:"#/definitions/count/oneOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
var _valid1 = _errs17 === errors;
if(_valid1){
valid4 = true;
passing1 = 0;
}
const _errs19 = errors;
if(typeof data4 === "string"){
if(!pattern0.test(data4)){
const err11 = {instancePath:instancePath+"/failure_count",schemaPath:"#/definitions/count/oneOf/1/pattern",keyword:"pattern",params:{pattern: "^[0-9]+$"},message:"must match pattern \""+"^[0-9]+$"+"\""};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/failure_count",schemaPath:"#/definitions/count/oneOf/1/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
var _valid1 = _errs19 === errors;
if(_valid1 && valid4){
valid4 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid4 = true;
passing1 = 1;
}
}
if(!valid4){
const err13 = {instancePath:instancePath+"/failure_count",schemaPath:"#/definitions/count/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
else {
errors = _errs16;
if(vErrors !== null){
if(_errs16){
vErrors.length = _errs16;
}
else {
vErrors = null;
}
}
}
}
if(data.success_count !== undefined){
let data5 = data.success_count;
const _errs23 = errors;
let valid6 = false;
let passing2 = null;
const _errs24 = errors;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err14 = {instancePath:instancePath+"/success_count",schemaPath:"#/definitions/count/oneOf/0/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
const err15 = {instancePath:instancePath+"/success_count",schemaPath:"#/definitions/count/oneOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
var _valid2 = _errs24 === errors;
if(_valid2){
valid6 = true;
passing2 = 0;
}
const _errs26 = errors;
if(typeof data5 === "string"){
if(!pattern0.test(data5)){
const err16 = {instancePath:instancePath+"/success_count",schemaPath:"#/definitions/count/oneOf/1/pattern",keyword:"pattern",params:{pattern: "^[0-9]+$"},message:"must match pattern \""+"^[0-9]+$"+"\""};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/success_count",schemaPath:"#/definitions/count/oneOf/1/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
var _valid2 = _errs26 === errors;
if(_valid2 && valid6){
valid6 = false;
passing2 = [passing2, 1];
}
else {
if(_valid2){
valid6 = true;
passing2 = 1;
}
}
if(!valid6){
const err18 = {instancePath:instancePath+"/success_count",schemaPath:"#/definitions/count/oneOf",keyword:"oneOf",params:{passingSchemas: passing2},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
else {
errors = _errs23;
if(vErrors !== null){
if(_errs23){
vErrors.length = _errs23;
}
else {
vErrors = null;
}
}
}
}
if(data.failed_nodes !== undefined){
let data6 = data.failed_nodes;
if(Array.isArray(data6)){
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(data7.bmc_ip === undefined){
const err19 = {instancePath:instancePath+"/failed_nodes/" + i0,schemaPath:"#/definitions/node/required",keyword:"required",params:{missingProperty: "bmc_ip"},message:"must have required property '"+"bmc_ip"+"'"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data7.status === undefined){
const err20 = {instancePath:instancePath+"/failed_nodes/" + i0,schemaPath:"#/definitions/node/required",keyword:"required",params:{missingProperty: "status"},message:"must have required property '"+"status"+"'"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data7.bmc_ip !== undefined){
let data8 = data7.bmc_ip;
if(typeof data8 === "string"){
if(!pattern3.test(data8)){
const err21 = {instancePath:instancePath+"/failed_nodes/" + i0+"/bmc_ip",schemaPath:"#/definitions/node/properties/bmc_ip/pattern",keyword:"pattern",params:{pattern: "^(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}$"},message:"must match pattern \""+"^(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}$"+"\""};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/failed_nodes/" + i0+"/bmc_ip",schemaPath:"#/definitions/node/properties/bmc_ip/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data7.admin_ip !== undefined){
if(typeof data7.admin_ip !== "string"){
const err23 = {instancePath:instancePath+"/failed_nodes/" + i0+"/admin_ip",schemaPath:"#/definitions/node/properties/admin_ip/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data7.xname !== undefined){
if(typeof data7.xname !== "string"){
const err24 = {instancePath:instancePath+"/failed_nodes/" + i0+"/xname",schemaPath:"#/definitions/node/properties/xname/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data7.hostname !== undefined){
if(typeof data7.hostname !== "string"){
const err25 = {instancePath:instancePath+"/failed_nodes/" + i0+"/hostname",schemaPath:"#/definitions/node/properties/hostname/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data7.service_tag !== undefined){
if(typeof data7.service_tag !== "string"){
const err26 = {instancePath:instancePath+"/failed_nodes/" + i0+"/service_tag",schemaPath:"#/definitions/node/properties/service_tag/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data7.status !== undefined){
let data13 = data7.status;
if(!((data13 === "failed") || (data13 === "success"))){
const err27 = {instancePath:instancePath+"/failed_nodes/" + i0+"/status",schemaPath:"#/definitions/node/properties/status/enum",keyword:"enum",params:{allowedValues: schema15.properties.status.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data7.failure_stage !== undefined){
if(typeof data7.failure_stage !== "string"){
const err28 = {instancePath:instancePath+"/failed_nodes/" + i0+"/failure_stage",schemaPath:"#/definitions/node/properties/failure_stage/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data7.message !== undefined){
if(typeof data7.message !== "string"){
const err29 = {instancePath:instancePath+"/failed_nodes/" + i0+"/message",schemaPath:"#/definitions/node/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data7.error !== undefined){
if(typeof data7.error !== "string"){
const err30 = {instancePath:instancePath+"/failed_nodes/" + i0+"/error",schemaPath:"#/definitions/node/properties/error/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath:instancePath+"/failed_nodes/" + i0,schemaPath:"#/definitions/node/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath:instancePath+"/failed_nodes",schemaPath:"#/properties/failed_nodes/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

