// node duckdb.mjs FILE.parquet: what DuckDB finds in a Parquet file, as JSON: columns with types, and rows.
import { DuckDBInstance } from "@duckdb/node-api";

const connection = await (await DuckDBInstance.create()).connect();
const file = process.argv[2].replaceAll("'", "''");
const columns = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet('${file}')`);
const rows = await connection.runAndReadAll(`SELECT * FROM read_parquet('${file}')`);
const text = (value) => (value === null ? null : String(value)); // a double in the digits that give its bits back
console.log(
  JSON.stringify({
    columns: columns.getRowObjects().map((column) => [column.column_name, column.column_type]),
    rows: rows.getRows().map((row) => row.map(text)),
  }),
);
