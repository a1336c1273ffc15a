/**
 * The PESEL guard's small twin for the plain writings: digits, in one run or in groups.
 *
 * It only warns while somebody types. The server decides (zamiast.pure.pesel), and finds
 * much more. Both are held against tests/vectors/pesel-plain.json.
 *
 *   findPlain("PESEL 68 03 17 45121")  // [[6, 20]]
 */

const WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3];
const LENGTH = 11;
/** Digits with at most one mark or blank between them. */
const CHAIN = /[0-9]+(?:[ \u00a0\u2009\u202f.\-\u2010-\u2015/_|]{1,2}[0-9]+)*/g;
const RUN = /[0-9]+/g;
const PHONE = /(?:\+|\(\+?)[ (]*$/;
const HEX = /[0-9a-f-]{16,}/gi;

/** Tell whether eleven digits are a PESEL of somebody born from 1900 until today. */
export function isValid(digits, today = new Date()) {
  if (!/^[0-9]{11}$/.test(digits)) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  if ((10 - (sum % 10)) % 10 !== Number(digits[10])) return false;
  const coded = Number(digits.slice(2, 4));
  if (coded > 32) return false;
  const century = coded > 20 ? 2000 : 1900;
  const [year, month, day] = [
    century + Number(digits.slice(0, 2)), coded % 20, Number(digits.slice(4, 6)),
  ];
  const born = new Date(Date.UTC(year, month - 1, day));
  return (
    born.getUTCMonth() === month - 1 && born.getUTCDate() === day && month > 0 &&
    born.getTime() <= today.getTime()
  );
}

/** Return [start, end] of each PESEL written in plain digits, in UTF-16 units. */
export function findPlain(text, today = new Date()) {
  const found = [];
  for (const chain of text.matchAll(CHAIN)) {
    const runs = [...chain[0].matchAll(RUN)].map((run) => ({
      start: chain.index + run.index,
      end: chain.index + run.index + run[0].length,
      digits: run[0],
    }));
    if (!isPhone(text, chain.index, runs)) found.push(...inChain(text, runs, today));
  }
  return found.filter(([start, end]) => !insideHex(text, start, end));
}

/** A whole chain of eleven digits, or else each run of eleven. */
function inChain(text, runs, today) {
  const whole = runs.map((run) => run.digits).join("");
  const last = runs[runs.length - 1];
  const time = /^:[0-9]/.test(text.slice(last.end, last.end + 2));
  if (whole.length === LENGTH && !time && isValid(whole, today)) {
    return [[runs[0].start, last.end]];
  }
  return runs
    .filter((run) => run.digits.length === LENGTH && isValid(run.digits, today))
    .map((run) => [run.start, run.end]);
}

/** A number marked by a plus, by 00 or by (48) is a phone, whatever its digits. */
function isPhone(text, start, runs) {
  const before = text.slice(Math.max(0, start - 4), start);
  const bracketed = /\($/.test(before) && runs[0].digits === "48";
  return PHONE.test(before) && before.includes("+") ? true : bracketed;
}

/** Digits inside a hexadecimal name are no number. */
function insideHex(text, start, end) {
  if (!/[a-f]/i.test(text.slice(Math.max(0, start - 1), start) + text.slice(end, end + 1))) {
    return false;
  }
  const from = Math.max(0, start - 64);
  for (const name of text.slice(from, end + 64).matchAll(HEX)) {
    if (from + name.index <= start && end <= from + name.index + name[0].length) return true;
  }
  return false;
}
