package org.gajah.javaroutine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.gajah.spi.SpiStatement;

/** The statements of texts that a session's routines have run lately; like those of plans they are planned again when they must be. */
final class TextStatements {
    private static final int MOST = 256;
    private static final int LONGEST = 10_000;

    private final Map<String, List<Kept>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Kept>> eldest) {
            return size() > MOST;
        }
    };

    /** A text's statements for parameters of these types. */
    private record Kept(int[] types, List<SpiStatement> statements) {
    }

    List<SpiStatement> get(String text, int[] types, Supplier<List<SpiStatement>> make) {
        if (text.length() > LONGEST) {
            return make.get();
        }
        List<Kept> known = kept.get(text);
        if (known != null) {
            for (Kept each : known) {
                if (Arrays.equals(each.types, types)) {
                    return each.statements;
                }
            }
        }
        List<SpiStatement> made = make.get();
        List<Kept> all = kept.computeIfAbsent(text, t -> new ArrayList<>(1));
        if (all.size() >= MOST) {
            all.clear();
        }
        all.add(new Kept(types.clone(), made));
        return made;
    }
}
