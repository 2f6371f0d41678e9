package org.gajah.func;

import java.util.Optional;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.JsonText;
import org.gajah.type.Jsonb;

/** A json or jsonb value, seen alike by what makes records of it. */
sealed interface JsonTree {
    enum Kind { NULL, STRING, OTHER_SCALAR, ARRAY, OBJECT }

    Kind kind();

    int count();

    JsonTree element(int index);

    /** A member of an object. */
    Optional<JsonTree> member(Slice key);

    /** As ->> gives it. */
    Slice text();

    /** As it is written in json. */
    Slice json();

    /** As jsonb. */
    Slice jsonb();

    static JsonTree ofText(Slice json) {
        return new Text(json, JsonMembers.of(json));
    }

    static JsonTree ofJsonb(Slice jsonb) {
        return new Binary(JsonbFunctions.of(jsonb));
    }

    /** A json text. */
    record Text(Slice source, JsonMembers members) implements JsonTree {
        @Override
        public Kind kind() {
            return switch (members.kind()) {
                case NULL -> Kind.NULL;
                case STRING -> Kind.STRING;
                case NUMBER, BOOLEAN -> Kind.OTHER_SCALAR;
                case ARRAY -> Kind.ARRAY;
                case OBJECT -> Kind.OBJECT;
            };
        }

        @Override
        public int count() {
            return members.count();
        }

        @Override
        public JsonTree element(int index) {
            return ofText(members.value(index));
        }

        @Override
        public Optional<JsonTree> member(Slice key) {
            return Optional.ofNullable(members.find(key)).map(JsonTree::ofText);
        }

        @Override
        public Slice text() {
            return JsonMembers.asText(source);
        }

        @Override
        public Slice json() {
            return source;
        }

        @Override
        public Slice jsonb() {
            return Jsonb.parse(source).bytes();
        }
    }

    /** A jsonb value. */
    record Binary(Jsonb value) implements JsonTree {
        @Override
        public Kind kind() {
            return switch (value.kind()) {
                case NULL -> Kind.NULL;
                case STRING -> Kind.STRING;
                case NUMBER, BOOLEAN -> Kind.OTHER_SCALAR;
                case ARRAY -> Kind.ARRAY;
                case OBJECT -> Kind.OBJECT;
            };
        }

        @Override
        public int count() {
            return value.count();
        }

        @Override
        public JsonTree element(int index) {
            return new Binary(value.element(index));
        }

        @Override
        public Optional<JsonTree> member(Slice key) {
            int at = value.find(key);
            return at < 0 ? Optional.empty() : Optional.of(new Binary(value.value(at)));
        }

        @Override
        public Slice text() {
            return JsonbFunctions.asText(value);
        }

        @Override
        public Slice json() {
            ByteSink out = new ByteSink();
            if (value.kind() == Jsonb.Kind.STRING) {
                JsonText.quote(value.string(), out);
            } else {
                value.format(out);
            }
            return out.view();
        }

        @Override
        public Slice jsonb() {
            return value.bytes();
        }
    }
}
