package org.gajah.command;

import java.util.List;
import java.util.Locale;

import org.gajah.ast.DefElem;
import org.gajah.ast.ExplainStatement;
import org.gajah.plan.ResultColumn;
import org.gajah.settings.SettingDefinition;
import org.gajah.settings.SettingDefinitions;
import org.gajah.type.Codecs;
import org.gajah.type.Oids;

/** The columns of what utility statements give, known before they run. */
public final class CommandShapes {
    private CommandShapes() {
    }

    private static ResultColumn text(String name) {
        return column(name, Oids.TEXT);
    }

    private static ResultColumn column(String name, int type) {
        return new ResultColumn(name, type, -1, type == Oids.TEXT ? 100 : 0, 0, 0);
    }

    /** SHOW of one setting or of all. */
    public static List<ResultColumn> show(String name) {
        return name.equals("all") ? List.of(text("name"), text("setting"), text("description"))
                : List.of(text(SettingDefinitions.find(name).map(SettingDefinition::name).orElse(name)));
    }

    /** EXPLAIN in its format. */
    public static List<ResultColumn> explain(ExplainStatement statement) {
        String format = statement.options().stream().filter(o -> o.name().equals("format")).map(o -> o.value().isPresent()
                && o.value().get() instanceof DefElem.Value.Text t ? t.value().toLowerCase(Locale.ROOT) : "").reduce("text", (a, b) -> b);
        int type = format.equals("json") ? Oids.JSON : format.equals("xml") && Codecs.of(Oids.XML).isPresent() ? Oids.XML : Oids.TEXT;
        return List.of(column("QUERY PLAN", type));
    }
}
