// Charts. Recharts draws them, as SVG in the brand's colours; behind each stands the table of what it shows.

import { type ReactNode, useId } from "react";
import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { useText } from "../i18n";
import { testIds } from "../testids";

/** A place on the axis and a value for each series, by the series' key. */
export interface Row {
  readonly name: string;
  readonly [series: string]: string | number;
}

export interface Series {
  readonly key: string;
  readonly label: string;
  readonly colour: keyof typeof COLOURS;
}

/** The colours, as the style sheet names them: the clinic's brand is in them. */
const COLOURS = {
  first: "var(--accent)",
  second: "var(--chart-second)",
  third: "var(--typed)",
  quiet: "var(--line-strong)",
  danger: "var(--danger)",
} as const;

const AXIS = { fill: "var(--ink-soft)", fontSize: 12 } as const;
/** The height of a bar that lies, and of what stands around it, in pixels. */
const LYING = 32;
const AROUND = 64;
const STANDING = 220;

/** A chart with its heading and its table. */
export function ChartPanel(props: {
  readonly name: string;
  readonly title: string;
  readonly text?: string;
  /** The heading of the table's first column. */
  readonly by: string;
  readonly rows: readonly Row[];
  readonly series: readonly Series[];
  /** Further columns of the table, which are not drawn. */
  readonly columns?: readonly { readonly key: string; readonly label: string }[];
  readonly lying?: boolean;
  readonly wide?: boolean;
  readonly children?: ReactNode;
}) {
  const { t } = useText();
  const id = useId();
  const empty = !props.rows.some((row) => props.series.some((series) => Number(row[series.key] ?? 0) > 0));
  return (
    <section
      className={props.wide ? "panel chart panel-wide" : "panel chart"}
      aria-labelledby={id}
      data-testid={testIds.figures.panel(props.name)}
    >
      <h2 className="panel-title" id={id}>
        {props.title}
      </h2>
      {props.text !== undefined && <p className="muted">{props.text}</p>}
      {props.children}
      {empty ? (
        <p className="chart-empty">{t("figures.none")}</p>
      ) : (
        <>
          <Drawing {...props} />
          <details className="chart-details">
            <summary>{t("figures.table")}</summary>
            <Table {...props} labelledBy={id} />
          </details>
        </>
      )}
    </section>
  );
}

/** What is drawn says nothing that the table does not; who cannot see it reads the table. */
function Drawing(props: {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly series: readonly Series[];
  readonly lying?: boolean;
}) {
  const { rows, series, lying } = props;
  const several = series.length > 1;
  const height = lying ? rows.length * LYING + AROUND : STANDING;
  const names = { dataKey: "name", tick: AXIS, tickLine: false, stroke: "var(--line-strong)" } as const;
  const counts = { allowDecimals: false, tick: AXIS, tickLine: false, stroke: "var(--line-strong)" } as const;
  return (
    <div className="chart-drawing">
      <ResponsiveContainer width="100%" height={height}>
        <BarChart
          data={[...rows]}
          layout={lying ? "vertical" : "horizontal"}
          margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
          title={props.title}
          barCategoryGap="22%"
          accessibilityLayer
        >
          <CartesianGrid stroke="var(--line)" vertical={lying === true} horizontal={lying !== true} />
          {lying ? (
            <>
              <XAxis type="number" {...counts} />
              <YAxis type="category" width={250} interval={0} {...names} />
            </>
          ) : (
            <>
              <XAxis type="category" minTickGap={12} {...names} />
              <YAxis type="number" width={40} {...counts} />
            </>
          )}
          <Tooltip
            cursor={{ fill: "var(--accent-soft)" }}
            isAnimationActive={false}
            contentStyle={{ borderColor: "var(--line)", background: "var(--surface)" }}
            itemStyle={{ color: "var(--ink)" }}
          />
          {several && (
            <Legend
              align="left"
              verticalAlign="top"
              iconType="square"
              itemSorter={null}
              wrapperStyle={{ fontSize: 12, paddingBottom: 12 }}
              formatter={(label) => <span className="chart-legend">{label}</span>}
            />
          )}
          {series.map((one) => (
            <Bar
              key={one.key}
              dataKey={one.key}
              name={one.label}
              stackId="all"
              fill={COLOURS[one.colour]}
              isAnimationActive={false}
              maxBarSize={44}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

function Table(props: {
  readonly by: string;
  readonly rows: readonly Row[];
  readonly series: readonly Series[];
  readonly columns?: readonly { readonly key: string; readonly label: string }[];
  readonly labelledBy: string;
}) {
  const { language } = useText();
  const columns = [...props.series, ...(props.columns ?? [])];
  const number = new Intl.NumberFormat(language);
  const shown = (value: string | number | undefined) =>
    typeof value === "number" ? number.format(value) : (value ?? "");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard.
    <div className="table-scroll chart-table" role="group" aria-labelledby={props.labelledBy} tabIndex={0}>
      <table className="table table-dense" aria-labelledby={props.labelledBy}>
        <thead>
          <tr>
            <th scope="col">{props.by}</th>
            {columns.map((column) => (
              <th key={column.key} scope="col" className="amount">
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.key ?? row.name}>
              <th scope="row">{row.full ?? row.name}</th>
              {columns.map((column) => (
                <td key={column.key} className="amount">
                  {shown(row[column.key])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
