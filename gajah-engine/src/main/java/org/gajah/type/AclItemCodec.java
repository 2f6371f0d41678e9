package org.gajah.type;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Vector;

/** aclitem: {@code grantee=letters/grantor} as text; without a binary form. */
final class AclItemCodec extends BytesCodec {
    private static final int FIRST_SUPERUSER = 10;

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        ((BytesVector) out).put(row, new Parsing(text.toString(), context).item().toSlice());
    }

    /** Reads one item. */
    private static final class Parsing {
        private final String text;
        private final TypeContext context;
        private int at;

        Parsing(String text, TypeContext context) {
            this.text = text;
            this.context = context;
        }

        AclItem item() {
            String grantee = name();
            if (at >= text.length() || text.charAt(at) != '=') {
                throw grantee.isEmpty() ? wrong("missing \"=\" sign") : wrong("unrecognized key word: \"" + grantee + "\"")
                        .hint("ACL key word must be \"group\" or \"user\".");
            }
            at++;
            long privileges = 0;
            long options = 0;
            long last = 0;
            while (at < text.length() && (Character.isLetter(text.charAt(at)) || text.charAt(at) == '*')) {
                char c = text.charAt(at++);
                if (c == '*') {
                    options |= last;
                } else {
                    last = Privilege.mask(String.valueOf(c));
                    if (last == 0) {
                        throw wrong("invalid mode character: must be one of \"arwdDxtXUCTcsAm\"");
                    }
                    privileges |= last;
                }
            }
            int grantor = FIRST_SUPERUSER;
            if (at < text.length() && text.charAt(at) == '/') {
                at++;
                String name = name();
                if (name.isEmpty()) {
                    throw wrong("a name must follow the \"/\" sign");
                }
                grantor = role(name);
            }
            if (!text.substring(at).isBlank()) {
                throw wrong("extra garbage at the end of the ACL specification");
            }
            return new AclItem(grantee.isEmpty() ? 0 : role(grantee), grantor, privileges, options);
        }

        private int role(String name) {
            return context.names().resolve(Oids.REGROLE, Slice.of('"' + name.replace("\"", "\"\"") + '"'));
        }

        private String name() {
            StringBuilder name = new StringBuilder();
            boolean quoted = false;
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            for (; at < text.length() && (quoted || isPlain(text.charAt(at)) || text.charAt(at) == '"'); at++) {
                boolean isQuote = text.charAt(at) == '"';
                if (isQuote && quoted && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    name.append('"');
                    at++;
                } else if (isQuote) {
                    quoted = !quoted;
                } else {
                    name.append(text.charAt(at));
                }
            }
            return name.toString();
        }

        private static SqlError wrong(String message) {
            return new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, message);
        }
    }

    private static boolean isPlain(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        AclItem item = AclItem.of((Slice) values.get(row));
        String text = (item.grantee() == 0 ? "" : name(item.grantee(), context)) + "=" + item.letters() + "/" + name(item.grantor(), context);
        out.put(Slice.of(text));
    }

    /** A role's name, in quotes if it has unusual characters; keywords need none here. */
    private static String name(int role, TypeContext context) {
        String name = context.names().name(Oids.REGROLE, role);
        if (name.startsWith("\"")) {
            name = name.substring(1, name.length() - 1).replace("\"\"", "\"");
        }
        return name.chars().allMatch(c -> isPlain((char) c)) ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        throw new SqlError(SqlState.UNDEFINED_FUNCTION, "no binary input function available for type aclitem");
    }

    @Override
    public void send(Vector values, int row, TypeContext context, ByteSink out) {
        throw new SqlError(SqlState.UNDEFINED_FUNCTION, "no binary output function available for type aclitem");
    }
}
