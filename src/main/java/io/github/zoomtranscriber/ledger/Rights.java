package io.github.zoomtranscriber.ledger;

import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Whether the database's user may do in it what the ledger needs. Only looks. */
public final class Rights {

    private static final String NEEDED = "SELECT, INSERT, UPDATE, DELETE";
    /** The first schema of the search path that there is, also where the user may not use it. */
    private static final String SCHEMA =
            """
            SELECT quote_ident(current_user), quote_ident(n.nspname), n.nspname = current_schema(),
              has_schema_privilege(n.oid, 'CREATE')
            FROM unnest(string_to_array(current_setting('search_path'), ',')) WITH ORDINALITY AS path (name, place)
              JOIN pg_namespace n ON n.nspname = btrim(path.name, ' "')
            ORDER BY path.place FETCH FIRST 1 ROW ONLY""";

    private static final String TABLES =
            """
            SELECT c.oid::regclass::text, quote_ident(pg_get_userbyid(c.relowner)), pg_has_role(c.relowner, 'USAGE'),
              has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
                AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE')
            FROM pg_class c WHERE c.relkind IN ('r', 'p') AND starts_with(c.relname, ?) AND pg_table_is_visible(c.oid)
            ORDER BY 1""";

    private record Where(String user, String schema, boolean usable, boolean creates) {}

    private record Table(String name, String owner, boolean owned, boolean usable) {}

    private final Database database;

    Rights(Database database) {
        this.database = database;
    }

    /**
     * @param prefix what the names of the ledger's tables begin with
     * @return what is wrong, and what to do about it; empty if nothing is
     * @throws LedgerException if the database does not answer
     */
    public static String missing(DataSource source, String prefix) {
        Database database = new Database(source, prefix);
        return database.isPostgres() ? new Rights(database).missing() : "";
    }

    private String missing() {
        if (database.query(row -> row.getString(1), "SHOW transaction_read_only")
                .contains("on")) {
            return "the database is read-only: expected one that this program may write to (no standby, "
                    + "default_transaction_read_only off)";
        }
        List<Table> tables = tables();
        String names = join(tables.stream().filter(table -> !table.usable()).toList());
        if (!names.isEmpty()) {
            return "the tables are " + tables.get(0).owner() + "'s: let that role run GRANT " + NEEDED + " ON " + names
                    + " TO " + user();
        }
        int version = Schema.version(database);
        List<Table> others = tables.stream().filter(table -> !table.owned()).toList();
        if (version < Schema.VERSION && !others.isEmpty()) {
            return "the tables are to be brought up to date, and are "
                    + others.get(0).owner() + "'s: let that role start this version once, or give " + user()
                    + " the tables";
        }
        if (version < Schema.VERSION) {
            String problem = toCreate();
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        return encoding();
    }

    private String encoding() {
        return database.encoding().holdsAll()
                ? ""
                : "the database's encoding cannot hold every topic, and what it cannot is stored as ?: expected one that was "
                        + "made with ENCODING 'UTF8' TEMPLATE template0";
    }

    /** @return what keeps the user from making tables; empty if nothing does */
    private String toCreate() {
        List<Where> schemas = database.query(
                row -> new Where(row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4)), SCHEMA);
        if (schemas.isEmpty()) {
            return "none of the schemas in " + user() + "'s search_path exists: expected one to make the tables in";
        }
        Where where = schemas.get(0);
        return where.usable() && where.creates()
                ? ""
                : where.user()
                        + " may not make the tables: let an owner of the database run GRANT USAGE, CREATE ON SCHEMA "
                        + where.schema() + " TO " + where.user();
    }

    private List<Table> tables() {
        return database.query(
                row -> new Table(row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4)),
                TABLES,
                database.named(Database.PREFIX));
    }

    private static String join(List<Table> tables) {
        return tables.stream().map(Table::name).collect(Collectors.joining(", "));
    }

    private String user() {
        return database.query(row -> row.getString(1), "SELECT quote_ident(current_user)")
                .get(0);
    }

    /**
     * For a failure to make or to update the tables.
     *
     * @return the same, with what to do about it where that is known
     */
    LedgerException explain(LedgerException failure) {
        try {
            String missing = database.isPostgres() && !failure.isAway() ? missing() : "";
            return missing.isEmpty() || failure.getMessage().contains(missing) ? failure : failure.with(missing);
        } catch (LedgerException e) {
            return failure;
        }
    }
}
