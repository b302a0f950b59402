/**
 * How many minor units make one unit of a currency: ISO 4217, List One
 * (https://www.six-group.com/en/products-services/financial-information/data-standards.html).
 * `Intl` is no source for it: CLDR gives the digits people write in prices, which differ from the
 * standard's for a score of codes (HUF, IDR and UGX among them), and it takes any three letters.
 * Codes without minor units in the standard (gold, silver, the drawing right, the test code) name
 * nothing a shop can charge and are left out, and so are codes the standard has withdrawn.
 */
const codesByDigits: readonly (readonly [digits: number, codes: string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU
    CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS
    KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB
    PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD
    TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`,
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];

const digits: ReadonlyMap<string, number> = new Map(
  codesByDigits.flatMap(([count, codes]) => codes.split(/\s+/).map((code) => [code, count] as const)),
);

/** Number of decimal digits between a unit and its minor unit: 2 for CNY, 0 for JPY, 3 for KWD; undefined for what is no currency. */
export function digitsOf(code: string): number | undefined {
  return digits.get(code);
}
