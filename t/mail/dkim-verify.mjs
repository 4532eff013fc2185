// dkim-verify.mjs MESSAGE DNS-NAME RECORD - mailauth's verdict on one message: prints "pass" or its reason.
import { readFileSync } from "node:fs";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";

const [file, name, record] = process.argv.slice(2);
const resolver = async (asked, type) => {
	if (asked === name && type === "TXT") return [[record]];
	throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
};
const { results } = await dkimVerify(readFileSync(file), { resolver });
console.log(results.length === 1 ? results[0].status.result : `${results.length} signatures`);
