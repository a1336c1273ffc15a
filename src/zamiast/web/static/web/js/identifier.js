/**
 * The account identifier in the browser: checked while the consultant types.
 *
 * The twin of the Python package zamiast.pure.identifier, held to it by
 * tests/vectors/identifier.json. It tells which group to ask for again and never
 * gives away the number behind a slip: nobody is to be shown a corrected number.
 *
 *   import { isValid, diagnose } from "./identifier.js";
 *   isValid("950 120 144 483");    // true
 *   diagnose("950 120 144 438");   // [{ slip: "exchange", groups: [4] }]
 */

const LENGTH = 12;
const GROUP = 3;
const FIELD = 11;
const PESEL_LENGTH = 11;

const WEIGHTS = [
  [5, 1, 9, 5, 7, 1, 5, 3, 7],
  [4, 7, 3, 10, 9, 5, 5, 8, 1],
  [2, 5, 4, 9, 9, 1, 6, 9, 3],
];
const PESEL_WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];
const CENTURIES = [1900, 2000, 2100, 2200, 1800];

// The same classes stand in form.py; shared vectors hold the two together.
const SEPARATORS = new RegExp(
  "[" +
    "\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000" +
    "\\xad\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u206f\\ufe0e\\ufe0f\\ufeff" +
    "\\-\\u058a\\u05be\\u1806\\u2010-\\u2015\\u2043\\u2212\\u2e3a\\u2e3b\\u301c\\ufe58\\ufe63\\uff0d" +
    ".\\xb7\\u2022\\u2024-\\u2027\\u22c5\\u3002\\uff0e\\uff61" +
    "]+",
  "gu",
);
const FOREIGN_DECIMAL = /(?![0-9])\p{Nd}/gu;
const DECIMAL = /^\p{Nd}$/u;
const DIGITS = /^[0-9]+$/;

/** The twelve columns of the parity-check matrix: the weights, then minus one for each check digit. */
const COLUMNS = Array.from({ length: LENGTH }, (_, place) =>
  WEIGHTS.map((row, sum) => row[place] ?? (place - row.length === sum ? FIELD - 1 : 0)),
);

/** Place and size of the one wrong digit, by the syndrome that it leaves. */
const ERRORS = new Map(
  COLUMNS.flatMap((column, place) =>
    Array.from({ length: FIELD - 1 }, (_, index) => [
      column.map((entry) => (entry * (index + 1)) % FIELD).join(),
      { place, size: index + 1 },
    ]),
  ),
);

const ALL_AGREE = "0,0,0";

/** Return the text without spaces, dashes and dots, its digits as 0 to 9. */
export function compact(text) {
  return asciiDigits(text).replace(SEPARATORS, "");
}

/** Return the digits in groups of three, also while some are still missing. */
export function format(text) {
  const digits = compact(text);
  return DIGITS.test(digits) ? groupsOf(digits).join(" ") : digits;
}

/** Tell whether the text, in any accepted writing, is an account identifier. */
export function isValid(text) {
  const digits = compact(text);
  return (
    digits.length === LENGTH &&
    DIGITS.test(digits) &&
    digits[0] !== "0" &&
    syndrome(digits) === ALL_AGREE &&
    !isPesel(digits.slice(0, -1)) &&
    !isPesel(digits.slice(1))
  );
}

/** Tell whether the text holds eleven digits, whole groups of them, that are a well-formed PESEL. */
export function looksLikePesel(text) {
  const numbers = asciiDigits(text).match(/[0-9]+/g) ?? [];
  if (numbers.some(isPesel)) {
    return true;
  }
  const plain = compact(text);
  if (plain.length === LENGTH && DIGITS.test(plain)) {
    return false;
  }
  return numbers.some((_, start) => startsPesel(numbers, start));
}

/**
 * Return the single slips that lead back to a valid identifier, best guess first:
 * { slip, groups }, where groups are the ones (1 to 4) to ask for again.
 */
export function diagnose(text) {
  const digits = compact(text);
  if (!DIGITS.test(digits) || isValid(digits) || isPesel(digits)) {
    return [];
  }
  const found = new Map();
  for (const [slip, undo] of UNDOINGS[digits.length] ?? []) {
    for (const [identifier, places] of undo(digits)) {
      if (isValid(identifier)) {
        const key = `${slip} ${identifier}`;
        const entry = found.get(key) ?? { slip, touched: new Set() };
        places.forEach((place) => entry.touched.add(Math.floor(place / GROUP) + 1));
        found.set(key, entry);
      }
    }
  }
  return [...found.values()].map(({ slip, touched }) => ({
    slip,
    groups: [...touched].sort((one, two) => one - two),
  }));
}

/** Replace decimal digits of any script by 0 to 9. They stand in Unicode in runs of ten. */
function asciiDigits(text) {
  return text.replace(FOREIGN_DECIMAL, (digit) => {
    const code = digit.codePointAt(0);
    let zero = code;
    while (DECIMAL.test(String.fromCodePoint(zero - 1))) {
      zero -= 1;
    }
    return String((code - zero) % 10);
  });
}

function groupsOf(digits) {
  return digits.match(/.{1,3}/g) ?? [];
}

/** Return the syndrome of twelve digits, as text: "0,0,0" when the check digits agree. */
function syndrome(digits) {
  const sums = [0, 0, 0];
  COLUMNS.forEach((column, place) => {
    column.forEach((entry, sum) => {
      sums[sum] += entry * Number(digits[place]);
    });
  });
  return sums.map((sum) => sum % FIELD).join();
}

/** Tell whether the text is eleven digits with a real date (1800 to 2299) and the right check digit. */
function isPesel(digits) {
  if (digits.length !== PESEL_LENGTH || !DIGITS.test(digits)) {
    return false;
  }
  const month = Number(digits.slice(2, 4));
  const day = Number(digits.slice(4, 6));
  const year = CENTURIES[Math.floor(month / 20)] + Number(digits.slice(0, 2));
  const total = PESEL_WEIGHTS.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0);
  return total % 10 === 0 && isRealDate(year, month % 20, day);
}

function isRealDate(year, month, day) {
  const date = new Date(Date.UTC(year, month - 1, day));
  return month >= 1 && month <= 12 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Tell whether some whole groups of digits from start on make a PESEL together. */
function startsPesel(numbers, start) {
  let digits = "";
  for (let end = start; end < numbers.length && digits.length < PESEL_LENGTH; end += 1) {
    digits += numbers[end];
  }
  return isPesel(digits);
}

/* The undoing of each slip: the numbers it could have been made from, and the places it touched. */

function* wrongDigit(digits) {
  const error = ERRORS.get(syndrome(digits));
  if (error !== undefined) {
    const { place, size } = error;
    const meant = (Number(digits[place]) - size + FIELD) % FIELD;
    if (meant < 10) {
      yield [digits.slice(0, place) + meant + digits.slice(place + 1), [place]];
    }
  }
}

function* pairs(digits, distance) {
  for (let first = 0; first + distance < LENGTH; first += 1) {
    yield [first, first + distance, digits[first], digits[first + distance]];
  }
}

function replaced(digits, first, one, second, two) {
  const changed =
    digits.slice(0, first) + one + digits.slice(first + 1, second) + two + digits.slice(second + 1);
  return [changed, [first, second]];
}

const exchanged = (distance) =>
  function* undo(digits) {
    for (const [first, second, one, two] of pairs(digits, distance)) {
      if (one !== two) {
        yield replaced(digits, first, two, second, one);
      }
    }
  };

const twins = (distance) =>
  function* undo(digits) {
    for (const [first, second, one, two] of pairs(digits, distance)) {
      for (const other of one === two ? "0123456789" : "") {
        if (other !== one) {
          yield replaced(digits, first, other, second, other);
        }
      }
    }
  };

function* teenTy(digits) {
  for (const [first, second, one, two] of pairs(digits, 1)) {
    if (one === "1" && two >= "2") {
      yield replaced(digits, first, two, second, "0");
    } else if (one >= "2" && two === "0") {
      yield replaced(digits, first, "1", second, one);
    }
  }
}

function* missingDigit(digits) {
  for (let place = 0; place < LENGTH; place += 1) {
    const withZero = `${digits.slice(0, place)}0${digits.slice(place)}`;
    if (syndrome(withZero) === ALL_AGREE) {
      yield [withZero, [place]];
    }
    for (const [identifier, [wrong]] of wrongDigit(withZero)) {
      if (wrong === place) {
        yield [identifier, [place]];
      }
    }
  }
}

/** Between two groups the digit too many may belong to either. */
function* extraDigit(digits) {
  for (let place = 0; place <= LENGTH; place += 1) {
    const neighbours = [Math.max(place - 1, 0), Math.min(place, LENGTH - 1)];
    yield [digits.slice(0, place) + digits.slice(place + 1), neighbours];
  }
}

function* swappedGroups(digits) {
  const groups = groupsOf(digits);
  for (let first = 0; first < groups.length; first += 1) {
    for (let second = first + 1; second < groups.length; second += 1) {
      if (groups[first] !== groups[second]) {
        const order = [...groups];
        [order[first], order[second]] = [groups[second], groups[first]];
        yield [order.join(""), [first * GROUP, second * GROUP]];
      }
    }
  }
}

const UNDOINGS = {
  [LENGTH]: [
    ["wrong_digit", wrongDigit],
    ["exchange", exchanged(1)],
    ["jump_exchange", exchanged(2)],
    ["twin", twins(1)],
    ["jump_twin", twins(2)],
    ["teen_ty", teenTy],
    ["swapped_groups", swappedGroups],
  ],
  [LENGTH - 1]: [["missing_digit", missingDigit]],
  [LENGTH + 1]: [["extra_digit", extraDigit]],
};
